import type { ConsentPurpose, ConsentStatement } from '@vouch/rules'
import { dayIn } from '../../list-day.ts'
import { readTable } from '../../read-csv.ts'

export const consentFields = [
  ...(['account_id', 'purpose', 'statement', 'stated_on', 'text_version', 'language', 'evidence'] as const),
] as const
export type ConsentField = (typeof consentFields)[number]

/** Headings as a list may have them; the first Chinese one is what our template says. */
const headings: Record<ConsentField, string[]> = {
  account_id: ['医生编号', 'account id'],
  purpose: ['目的'],
  statement: ['表示', '同意情况'],
  stated_on: ['表示日期', '日期', 'date'],
  text_version: ['同意书版本', 'text version'],
  language: ['语言'],
  evidence: ['证据所在', '证据'],
}
const required = ['account_id', 'purpose', 'statement', 'stated_on', 'evidence'] as const

export const headingIn = (field: ConsentField, language: 'zh' | 'en'): string =>
  language === 'zh' ? headings[field][0]! : field

export type ConsentListRow = { number: number; line: number; cells: string[]; fields: Record<ConsentField, string> }

/** Reads a list of earlier consents. Throws ListError; a column for evidence is asked for even where it is empty. */
export async function readConsentList(bytes: Uint8Array): Promise<{ headings: string[]; rows: ConsentListRow[] }> {
  const { headings, rows } = await readTable(bytes, { columnOf: fieldOf, required })
  const withAll = rows.map((row) => {
    const named = consentFields.map((field) => [field, (row.fields[field] ?? '').trim()])
    return { ...row, fields: Object.fromEntries(named) as ConsentListRow['fields'] } // of all fields
  })
  return { headings, rows: withAll }
}

function fieldOf(heading: string): ConsentField | undefined {
  const plain = heading.trim().toLowerCase()
  return consentFields.find((field) => field === plain.replaceAll(' ', '_') || headings[field].includes(plain))
}

const purposes: Record<string, ConsentPurpose> = {
  ...{ receive: 'receive', 接收资料: 'receive', reading_record: 'reading_record', 阅读记录: 'reading_record' },
  ...{ archive: 'archive', 聊天存档: 'archive' },
}
const statements: Record<string, ConsentStatement> = {
  ...{
    opted_in: 'opted_in',
    同意: 'opted_in',
    yes: 'opted_in',
    declined: 'declined',
    不同意: 'declined',
    no: 'declined',
  },
  ...{ opted_out: 'opted_out', 撤回: 'opted_out' },
}

export type ConsentValues = {
  accountId: string
  purpose: ConsentPurpose
  statement: ConsentStatement
  statedAt: Date
  /** Null: the text that was in force on that day. */
  textVersion: number | null
  language: string
  evidence: string
}
export type ConsentRowFault = { field: ConsentField | ''; problem: string }

/** What a row says, or the first thing that is wrong with it. */
export function readConsentRow({ fields }: ConsentListRow): ConsentValues | ConsentRowFault {
  const purpose = purposes[fields.purpose.toLowerCase()]
  const statement = statements[fields.statement.toLowerCase()]
  const statedAt = dayOf(fields.stated_on)
  if (!/^[\w-]{1,26}$/.test(fields.account_id)) return { field: 'account_id', problem: 'account_unknown' }
  if (!purpose) return { field: 'purpose', problem: 'value_unknown' }
  if (!statement) return { field: 'statement', problem: 'value_unknown' }
  if (!statedAt) return { field: 'stated_on', problem: 'date_unknown' }
  if (!/^v?\d{0,6}$/i.test(fields.text_version)) return { field: 'text_version', problem: 'value_unknown' }
  if (!['', 'zh-CN', 'en-US'].includes(fields.language)) return { field: 'language', problem: 'value_unknown' }
  if (fields.evidence.length > 400) return { field: 'evidence', problem: 'too_long' }
  return {
    ...{ accountId: fields.account_id, purpose, statement, statedAt, evidence: fields.evidence },
    textVersion: Number(fields.text_version.replace(/^v/i, '')) || null,
    language: fields.language || 'zh-CN',
  }
}

/** A day from its Shanghai midnight on. */
function dayOf(text: string): Date | undefined {
  const day = dayIn(text)
  return day ? new Date(`${day}T00:00:00+08:00`) : undefined
}
