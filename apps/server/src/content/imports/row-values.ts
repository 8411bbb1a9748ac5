import { wording } from '@vouch/contract'
import type * as z from 'zod/mini'
import type { Field } from './columns.ts'
import type { ListRow } from './read-list.ts'

/** What keeps a row from being imported; `field` is the column. */
export type RowFault = { field: Field | ''; problem: RowProblem }
export const rowProblems = [
  ...(['missing', 'not_valid', 'not_known', 'twice', 'kind_changed', 'no_such_file', 'file_not_fit'] as const),
  ...(['open_version_exists', 'wrong_role', 'refused'] as const),
] as const
export type RowProblem = (typeof rowProblems)[number]

type Wording = { [Name in keyof typeof wording]?: z.output<(typeof wording)[Name]> }
export type Kind = 'document' | 'image' | 'video' | 'article' | 'phrase' | 'script'
/**
 * A row in the words of the contract; what has no column is absent and stays as it is. `file`, `card` and `poster` are
 * names of uploaded files, `script` the documents that are sent one after the other.
 */
export type RowValues = {
  documentId: string
  kind: Kind
  wording: Wording
  script: string[] | undefined
} & Record<'file' | 'card' | 'poster' | 'sha256', string>

const kinds = words({
  document: ['文档', 'pdf'],
  image: ['图片'],
  video: ['视频'],
  article: ['文章'],
  phrase: ['话术'],
  script: ['话术组', '组合'],
} as const)
const classes = words({
  promotional: ['推广', '产品推广'],
  scientific: ['学术', '科学', '科学资料'],
  non_promotional: ['非推广'],
  consent: ['同意书', '同意邀请'],
} as const)
const ways = words({
  news: ['链接', '图文'],
  file: ['文件'],
  image: ['图片'],
  video: ['视频'],
  text: ['文字'],
  miniprogram: ['小程序'],
} as const)
const languages = words({ 'zh-CN': ['中文', 'zh'], 'en-US': ['英文', '英语', 'en'] } as const)
const answers = words({ yes: ['是', 'y', 'true', '1'], no: ['否', 'n', 'false', '0', ''] } as const)

/** Reads the cells of a row; the first fault of each column, all of them together. */
export function readRow(row: ListRow): { values: RowValues } | { faults: RowFault[] } {
  const faults: RowFault[] = []
  const fail = (field: Field, problem: RowProblem) => void faults.push({ field, problem })
  const { fields } = row
  const documentId = fields.document_id ?? ''
  if (documentId === '') fail('document_id', 'missing')
  else if (!isDocumentId(documentId)) fail('document_id', 'not_valid')
  if (fields.title === '') fail('title', 'missing')
  const kind = kindOf(row)
  if (!kind) fail('kind', 'not_known')
  const script = fields.script === undefined || fields.script === '' ? undefined : several(fields.script)
  if (script && !(script.length <= mostPieces && script.every(isDocumentId))) fail('script', 'not_valid')
  if (fields.sha256 && !/^[0-9a-f]{64}$/i.test(fields.sha256)) fail('sha256', 'not_valid')

  const given: Record<string, unknown> = {}
  for (const [field, { name, read }] of Object.entries(cells) as [Field, Cell][]) {
    const cell = fields[field]
    if (cell === undefined) continue
    const value = read(cell)
    const fits = value !== undefined && wording[name].safeParse(value).success
    if (fits) given[name] = value
    else fail(field, value === undefined ? 'not_known' : 'not_valid')
  }
  if (faults.length > 0 || !kind) return { faults }
  const sha256 = (fields.sha256 ?? '').toLowerCase()
  return { values: { documentId, kind, wording: given as Wording, script, ...namedFiles(row), sha256 } }
}

const mostPieces = 20
const isDocumentId = (text: string): boolean => /^[\w-]{1,26}$/.test(text)

/** The kind a row names; a document when it names none. */
export const kindOf = ({ fields }: ListRow): Kind | undefined => (fields.kind ? kinds(fields.kind) : 'document')

/** Files a row names, without the folders before them. A name means the same however its accents are composed. */
export function namedFiles({ fields }: ListRow): Record<'file' | 'card' | 'poster', string> {
  const name = (cell = '') => cell.normalize('NFC').replaceAll('\\', '/').split('/').at(-1) ?? ''
  return { file: name(fields.file), card: name(fields.card), poster: name(fields.poster) }
}

type Cell = { name: keyof typeof wording; read: (cell: string) => unknown }
const asIs = (cell: string): string => cell
/** A cell of several: separated by any sign people use for it. */
const several = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[;；,，、|\n]/)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]
const each = (read: (one: string) => string | undefined) => (cell: string) => {
  const found = several(cell).map(read)
  return found.includes(undefined) ? undefined : found
}

const cells: Partial<Record<Field, Cell>> = {
  title: { name: 'title', read: asIs },
  short_title: { name: 'shortTitle', read: asIs },
  class: { name: 'class', read: classes },
  product: { name: 'product', read: asIs },
  market: { name: 'market', read: asIs },
  language: { name: 'language', read: languages },
  approval_number: { name: 'approvalNumber', read: asIs },
  card_title: { name: 'cardTitle', read: asIs },
  card_desc: { name: 'cardDesc', read: asIs },
  body: { name: 'body', read: asIs },
  aliases: { name: 'aliases', read: several },
  tags: { name: 'tags', read: several },
  audience: { name: 'audience', read: several },
  hospital_grades: { name: 'hospitalGrades', read: several },
  territories: { name: 'territories', read: several },
  rep_groups: { name: 'repGroups', read: several },
  ways: { name: 'ways', read: each(ways) },
  may_forward: { name: 'mayForward', read: yesOrNo },
  first_day: { name: 'effectiveAt', read: (cell) => startOfDay(cell, 0) },
  last_day: { name: 'expiresAt', read: (cell) => startOfDay(cell, 1) },
  change_note: { name: 'changeNote', read: asIs },
}

function yesOrNo(cell: string): boolean | undefined {
  const answer = answers(cell)
  return answer && answer === 'yes'
}

/** Midnight in Shanghai as an instant, so many days later; a last day is over when the next one begins. */
function startOfDay(cell: string, daysLater: number): string | null | undefined {
  if (cell === '') return null
  const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(cell)
  if (!found) return undefined
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  const asked = new Date(Date.UTC(year, month - 1, day))
  if (asked.getUTCMonth() !== month - 1 || asked.getUTCDate() !== day) return undefined
  return new Date(Date.UTC(year, month - 1, day + daysLater) - 8 * 3_600_000).toISOString()
}

/** Reads a word that stands for one of a few; codes and everyday words alike. */
function words<Code extends string>(table: Record<Code, readonly string[]>): (cell: string) => Code | undefined {
  const known = new Map<string, Code>()
  for (const code of Object.keys(table) as Code[]) {
    for (const word of [code, ...table[code]]) known.set(word.toLowerCase(), code)
  }
  return (cell) => known.get(cell.trim().toLowerCase())
}
