import {
  reportWordsEn,
  reportWordsZh,
  type ContentRow,
  type Input,
  type Output,
  type ReportWords,
  type searchEndpoints,
} from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { asCsv, csvTime } from '../csv.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'
import { listContent } from './list-content.ts'

type Endpoint = typeof searchEndpoints.exportContent
type Language = Input<Endpoint>['language']
type Words = Record<Language, string>
const mostRows = 1_000

/** As reports call them: no two of the numbers are added. */
const figureHeads = (sent: string, { columns }: ReportWords): string[] => [
  ...['is:proven', 'is:opened', 'is:client', 'is:unknown'].map((column) => `${sent}${columns[column]?.word}`),
  `${columns['opened_rate']?.word} (%)`,
]
const headings: Record<Language, string[]> = {
  zh: [
    '资料编号',
    '版本',
    '标题',
    '类型',
    '状态',
    '待核对',
    '产品',
    '到期',
    ...figureHeads('已发：', reportWordsZh),
    '负责人',
  ],
  en: [
    ...['Document', 'Version', 'Title', 'Kind', 'State', 'On hold', 'Product', 'Expires'],
    ...[...figureHeads('Sent: ', reportWordsEn), 'Owner'],
  ],
}
const kinds: Record<ContentRow['kind'], Words> = {
  document: { zh: '文档', en: 'document' },
  image: { zh: '图片', en: 'image' },
  video: { zh: '视频', en: 'video' },
  article: { zh: '文章', en: 'article' },
  phrase: { zh: '话术', en: 'phrase' },
  script: { zh: '话术组', en: 'script' },
}
const states: Record<string, Words> = {
  draft: { zh: '草稿', en: 'draft' },
  in_review: { zh: '审批中', en: 'in review' },
  returned: { zh: '已退回', en: 'returned' },
  approved: { zh: '已批准', en: 'approved' },
  expired: { zh: '已到期', en: 'expired' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  superseded: { zh: '已有新版', en: 'superseded' },
}
const few: Words = { zh: '少于 5 位医生，不显示', en: 'fewer than 5 doctors, not shown' }
const onHold: Words = { zh: '是', en: 'yes' }

/** The rows the list shows under the same filter, in its order; who took them is on record. */
export async function exportContent(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { language, ...filter } = asked
  const found: ContentRow[] = []
  let cursor: string | null = null
  do {
    const page: { rows: ContentRow[]; next: string | null } = await listContent(deps, me, { ...filter, cursor })
    found.push(...page.rows)
    cursor = page.next
  } while (cursor !== null && found.length <= mostRows)
  const rows = found.slice(0, mostRows)
  const cut = cursor !== null || found.length > mostRows
  const products = await findProducts(deps, language)
  const { query, show, product, kind } = filter
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'content.exported', subjectId: me.personId },
      detail: { rows: rows.length, cut, language, searched: query.trim() !== '', show, product, kind },
    }),
  )
  const lines = rows.map((row) => lineOf(row, { language, products }))
  return { csv: asCsv([headings[language], ...lines]), rows: rows.length, cut }
}

async function findProducts({ db }: Deps, language: Language): Promise<Map<string, string>> {
  const rows = await db.selectFrom('product').select(['code', 'name', 'nameEn']).execute()
  return new Map(rows.map(({ code, name, nameEn }) => [code, language === 'en' ? nameEn || name : name]))
}

function lineOf(row: ContentRow, { language, products }: { language: Language; products: Map<string, string> }) {
  const { documentId, version, title, kind, lifeState, held, product, expiresAt, figures, owner } = row
  return [
    ...[documentId, `v${version}`, title, kinds[kind][language], states[lifeState]?.[language] ?? lifeState],
    ...[held ? onHold[language] : '', products.get(product) ?? product, csvTime(expiresAt)],
    ...[...figureCells(figures, language), owner],
  ]
}

function figureCells(figures: ContentRow['figures'], language: Language): string[] {
  if (!figures) return ['', '', '', '', '']
  const { proven, opened, client, unknown, openedRate, withheld } = figures
  const read = (value: number | null): string => (withheld ? few[language] : String(value ?? ''))
  return [String(proven), read(opened), String(client), String(unknown), read(openedRate)]
}
