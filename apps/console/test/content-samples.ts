import { createHash } from 'node:crypto'
import type { ContentChoices, ContentDetail, ContentRow, Effect, VersionDiff } from '../src/api.ts'
import { noon } from './samples.ts'

const dayMs = 86_400_000
const later = (days: number): Date => new Date(noon.getTime() + days * dayMs)
const id = (place: number): string => `01KAH2D8Y4S7C1F6G9J3K5M${100 + place}`

type Figures = NonNullable<ContentRow['figures']>
const figures = (change: Partial<Figures> = {}): Figures => ({
  ...{ proven: 210, opened: 164, client: 35, unknown: 3, openedRate: 64.2, withheld: false },
  ...change,
})
const few = figures({ proven: 0, opened: null, client: 2, unknown: 0, openedRate: null, withheld: true })

/** An approved document, unless changed. */
export function buildRow(change: Partial<ContentRow> = {}): ContentRow {
  return {
    ...{ contentItemId: id(0), documentId: '01KAH2D8Y4S7C1F6G9J3K5DOC', version: 3 },
    title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要',
    ...{ kind: 'document', class: 'scientific', product: 'EXMAB', language: 'zh-CN', lifeState: 'approved' },
    ...{ signed: 3, asked: 3, effectiveAt: later(-60), expiresAt: later(400), owner: '陈晨', source: 'own' },
    ...{ held: null, figures: figures(), highlights: [], thumbnail: null, may: [] },
    ...change,
  }
}

/** One of every state, over and over. */
export function buildRows(count: number): ContentRow[] {
  const kinds: Partial<ContentRow>[] = [
    { may: ['withdraw', 'tag'] },
    { title: '免疫相关不良反应管理手册', version: 1, expiresAt: new Date(Date.now() + 12.5 * dayMs), figures: few },
    { title: '剂量与给药周期', version: 4, lifeState: 'in_review', signed: 2, expiresAt: null, figures: null },
    { title: '旧版折页', version: 2, lifeState: 'withdrawn', figures: figures({ openedRate: 0 }), product: '' },
    {
      title: '术后随访要点（一分钟视频）',
      kind: 'video',
      lifeState: 'draft',
      signed: 0,
      owner: '方圆',
      may: ['submit'],
    },
    {
      title: 'PD-1 summary for readers of English',
      language: 'en-US',
      source: 'vault',
      held: 'changed_bytes',
      owner: '',
    },
    { title: '肺癌患者营养支持要点', kind: 'article', lifeState: 'returned', signed: 1 },
    { title: '问候', kind: 'phrase', lifeState: 'expired' },
    { title: '首次拜访三件', kind: 'script', lifeState: 'superseded' },
    { title: '下月生效的一版', effectiveAt: new Date(Date.now() + 20 * dayMs) },
  ]
  return Array.from({ length: count }, (_, place) =>
    buildRow({ ...kinds[place % kinds.length], contentItemId: id(place) }),
  )
}

export const choices: ContentChoices = {
  products: [
    { code: 'EXMAB', name: '示例单抗注射液', nameEn: 'Exemplimab injection' },
    { code: 'EXTIN', name: '示例替尼片', nameEn: 'Exemplitinib tablets' },
  ],
  specialties: [
    { code: 'cardiology', name: '心血管内科', nameEn: 'Cardiology' },
    { code: 'oncology', name: '肿瘤内科', nameEn: 'Medical oncology' },
    { code: 'thoracic', name: '胸外科', nameEn: 'Thoracic surgery' },
  ],
  hospitalGrades: ['三级甲等', '二级甲等'],
  territories: [
    { code: 'east', name: '华东', nameEn: 'East China' },
    { code: 'south', name: '华南', nameEn: 'South China' },
  ],
  ...{ repGroups: [{ code: 'key', name: '重点医院组', nameEn: 'Key hospitals' }], market: 'CN' },
}

const statement = JSON.stringify([
  ...['01KAH2D8Y4S7C1F6G9J3K5DOC', 4, 'document', 'scientific', 'EXMAB', 'CN', 'zh-CN', '剂量与给药周期', '给药周期'],
  ...['示例药业医学资料', '仅供医疗卫生专业人士', 'c'.repeat(64), 'f'.repeat(64), '剂量与给药周期.pdf', 'e'.repeat(64)],
  ...['d'.repeat(64), 'DEMO-2026-0412', 'news,file', 'oncology,thoracic', '', 'east', '', false],
  ...[later(1).toISOString(), later(365).toISOString(), '更正第 3 页的剂量', null],
])
const statementHash = createHash('sha256').update(statement).digest('hex')
const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='

/** A version in review with one signature, that its next signer looks at, unless changed. */
export function buildDetail(change: Partial<ContentDetail> = {}): ContentDetail {
  return {
    ...buildRow({ title: '剂量与给药周期', version: 4, lifeState: 'in_review', signed: 1 }),
    ...{ effectiveAt: later(1), expiresAt: later(365), revision: 7, shortTitle: '给药周期' },
    ...{ aliases: ['给药'], tags: ['剂量'], cardTitle: '示例药业医学资料', cardDesc: '仅供医疗卫生专业人士', body: '' },
    ...{ captions: '', captionsLanguage: '' },
    ...{ approvalNumber: 'DEMO-2026-0412', market: 'CN', audience: ['oncology', 'thoracic'], hospitalGrades: [] },
    ...{ territories: ['east'], repGroups: [], ways: ['news', 'file'], mayForward: false, replacesLinks: true },
    ...{
      changeNote: '更正第 3 页的剂量',
      scriptPieces: [],
      script: [],
      fileName: '剂量与给药周期.pdf',
      fileBytes: 482_113,
    },
    ...{ fileHash: 'f'.repeat(64), withdrawnReason: null, returnedReason: null, supersededBy: null, origin: null },
    pages: [1, 2, 3].map((number) => ({
      ...{ number, image: pixel, width: 720, height: 1018, placeholder: '', corrected: number === 2 },
      text: `第 ${number} 页：每三周一次，静脉滴注。`,
    })),
    rendition: { stage: 'done', problem: null, done: 3, of: 3 },
    ...{ statement, statementHash, steps: ['medical', 'legal', 'compliance'] },
    signatures: [
      {
        ...{ step: 'medical', person: '顾雯', meaning: '医学内容准确、均衡，参考文献已核对', at: noon },
        ...{ statementHash, provedBy: 'wecom_login', holds: true, renewsUntil: null },
      },
    ],
    ...{ may: ['sign', 'return'], maySign: ['legal'], mayNotSign: [], renewal: null },
    versions: [
      { contentItemId: id(0), version: 4, lifeState: 'in_review' },
      { contentItemId: id(1), version: 3, lifeState: 'approved' },
    ],
    trail: [
      { at: later(-2), actor: '陈晨', event: 'content.drafted', reason: null, before: undefined, after: undefined },
      {
        ...{ at: later(-1), actor: '陈晨', event: 'content.edited', reason: null },
        ...{ before: { title: '剂量' }, after: { title: '剂量与给药周期' } },
      },
      {
        ...{ at: noon, actor: '陈晨', event: 'content.submitted', reason: null },
        ...{ before: { lifeState: 'draft' }, after: { lifeState: 'in_review' } },
      },
    ],
    ...change,
  }
}

/** The same as its author has it before review. */
export const buildDraft = (change: Partial<ContentDetail> = {}): ContentDetail =>
  buildDetail({
    ...{ lifeState: 'draft', signed: 0, signatures: [], steps: [], may: ['edit', 'submit'], maySign: [] },
    ...change,
  })

export const effect: Effect = {
  ...{
    contentItemId: id(0),
    title: '剂量与给药周期',
    version: 4,
    reps: 38,
    repsToTell: 61,
    doctors: 366,
    readers: 214,
  },
  ...{ liveLinks: 398, filesOut: 2, textsOut: 0, refusals: [] },
  inFlight: [{ sendId: 's1', rep: '王磊', doctor: '张伟', kind: 'news', at: noon, until: later(0.01) }],
  successors: [
    { contentItemId: id(1), documentId: 'd', version: 5, title: '剂量与给药周期', kind: 'document' },
    { contentItemId: id(2), documentId: 'e', version: 1, title: '免疫相关不良反应管理手册', kind: 'document' },
  ],
}

/** What the fourth version changes: words, reach, days, card picture, and of three pages the second. */
export function buildDiff(change: Partial<VersionDiff> = {}): VersionDiff {
  const page = (version: number, number: number, text: string) => ({
    ...{ text, width: 720, height: 1018, placeholder: '' },
    image: `/api/console/content/v${version}/pages/${number}/720.webp`,
  })
  const same = '基线资料与入组条件见附表，随访至疾病进展。'.repeat(20)
  return {
    ...{ withItemId: id(1), before: { contentItemId: id(1), version: 3, lifeState: 'approved' } },
    after: { contentItemId: id(0), version: 4, lifeState: 'in_review' },
    fields: [
      { field: 'title', before: '剂量与给药', after: '剂量与给药周期' },
      { field: 'cardDesc', before: '', after: '仅供医疗卫生专业人士' },
      { field: 'cardHash', before: 'a'.repeat(64), after: 'b'.repeat(64) },
      { field: 'audience', before: 'oncology,cardiology', after: 'oncology,thoracic' },
      { field: 'territories', before: '', after: 'east' },
      { field: 'mayForward', before: 1, after: 0 },
      { field: 'expiresAt', before: later(40).toISOString(), after: later(365).toISOString() },
    ],
    fileChanged: true,
    pages: [
      { number: 1, before: page(3, 1, '封面'), after: page(4, 1, '封面') },
      {
        number: 2,
        before: page(3, 2, `${same}每两周一次，静脉滴注 60 分钟。`),
        after: page(4, 2, `${same}每三周一次，静脉滴注 30 分钟。`),
      },
      { number: 3, before: null, after: page(4, 3, '更正说明') },
    ],
    ...change,
  }
}
