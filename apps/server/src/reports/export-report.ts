import {
  orderReport,
  refusalWordsEn,
  refusalWordsZh,
  reportBy,
  reportColumn,
  reportUnit,
  reportWordsEn,
  reportWordsZh,
  type Input,
  type Output,
  type Report,
  type reportEndpoints,
} from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { asCsv, csvTime } from '../csv.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import type { Session } from '../people/sessions.ts'
import { listReportChoices } from './list-report-choices.ts'
import { byOf, readReport } from './load-report.ts'
import { isAboutPeople } from './report-roles.ts'

type Endpoint = typeof reportEndpoints.exportReport
type Asked = Omit<Input<Endpoint>, 'order'>
type Language = Asked['language']

const texts = {
  zh: { words: reportWordsZh, reasons: refusalWordsZh },
  en: { words: reportWordsEn, reasons: refusalWordsEn },
}
const heads = {
  zh: {
    ...{ report: '报表', period: '时间', product: '产品', territory: '片区', all: '全部', counted: '统计到' },
    ...{ withheld: '少于 5 位，不显示', more: (rows: number) => `另有 ${rows} 行没有列出，第一个数都更小，合计里有` },
    by: (name: string, at: string) => `由 ${name} 于 ${at} 导出`,
  },
  en: {
    ...{ report: 'Report', period: 'Period', product: 'Product', territory: 'Territory', all: 'All' },
    ...{ counted: 'Counted until', withheld: 'fewer than 5, not shown' },
    more: (rows: number) => `${rows} more rows with smaller first numbers are not listed; the total has them`,
    by: (name: string, at: string) => `Exported by ${name} at ${at}`,
  },
}

/** The table of the page with its filter and what each number means above it; who took it is on record. */
export async function exportReport(
  deps: Deps,
  me: Session,
  { language, order, ...asked }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  if (isAboutPeople(asked.kind, byOf(asked))) await requireFreshProof(deps, me)
  const [found, choices] = await Promise.all([readReport(deps, me, asked), listReportChoices(deps, me)])
  const report = { ...found, rows: [...orderReport(found, order, language)] }
  const at = deps.now()
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'report.exported', subjectId: me.personId },
      detail: {
        ...{ report: asked.kind, by: asked.by, from: asked.from, until: asked.until },
        ...{ product: asked.product, territory: asked.territory, rows: report.rows.length, language },
      },
    }),
  )
  const filters = {
    product: choices.products.find(({ code }) => code === asked.product)?.name[language] ?? asked.product,
    territory: choices.territories.find(({ code }) => code === asked.territory)?.name[language] ?? asked.territory,
  }
  const csv = asCsv([
    ...headLines(report, { ...asked, language, ...filters }),
    [],
    ...tableLines(report, asked, language),
    [heads[language].by(me.name, csvTime(at))],
  ])
  return { csv, rows: report.rows.length, cut: report.more > 0 }
}

function headLines(report: Report, asked: Asked): string[][] {
  const { language, kind, from, until, product, territory } = asked
  const { words } = texts[language]
  const head = heads[language]
  return [
    [head.report, words.kinds[kind].word, words.kinds[kind].means],
    [head.period, words.notes.period(from, until)],
    [head.product, product || head.all],
    [head.territory, territory || head.all],
    [head.counted, csvTime(report.countedUntil)],
    ...report.columns.map((column) => [wordOf(column, language).word, wordOf(column, language).means]),
    ...[words.notes.honest, words.notes.doctors, ...(kind === 'reading' ? [words.notes.few] : [])].map((note) => [
      note,
    ]),
  ]
}

function tableLines(report: Report, asked: Omit<Asked, 'language'>, language: Language): string[][] {
  const { words } = texts[language]
  const first = reportBy[asked.kind].length > 0 ? words.by[byOf(asked)] : words.kinds[asked.kind].word
  const unit = (column: string): string => {
    const of = reportUnit(column)
    return of === 'count' ? '' : ` (${words.units[of]})`
  }
  const cells = (values: readonly (number | null)[]) => values.map((value) => (value === null ? '' : String(value)))
  return [
    [first, ...report.columns.map((column) => wordOf(column, language).word + unit(column))],
    ...report.rows.map((row) => [
      ...[row.name[language], ...cells(row.values)],
      ...(row.withheld ? [heads[language].withheld] : []),
    ]),
    ...(report.total ? [[words.total, ...cells(report.total)]] : []),
    ...(report.more > 0 ? [[heads[language].more(report.more)]] : []),
  ]
}

const wordOf = (column: string, language: Language) =>
  reportColumn(column, texts[language].words, texts[language].reasons)
