import { dayIn } from '../../../list-day.ts'
import type { AccountField, AccountListRow } from './account-columns.ts'

export type AccountValues = {
  externalId: string
  name: string
  hospitalCode: string
  hospital: string
  city: string
  department: string
  licence: string
  territory: string
  /** Of the person in WeCom, in small letters; empty where nobody serves the territory. */
  rep: string
  productLine: string
  fromDay: string | null
  untilDay: string | null
  active: boolean
  /** Undefined where the list has no such column: then it stays what it is. */
  campus: string | undefined
  title: string | undefined
  post: string | undefined
  specialty: string | undefined
}
export type RowFault = { field: AccountField | ''; problem: RowProblem }
const rowProblems = [
  ...(['missing', 'too_long', 'not_valid', 'value_unknown', 'spreadsheet_number', 'carries_id_number'] as const),
  ...(['licence_length', 'characters_lost', 'not_a_person', 'title_is_post', 'date_serial', 'date_unknown'] as const),
  ...(['dates_reversed', 'differs_from_row'] as const),
] as const
export type RowProblem = (typeof rowProblems)[number]

/** The certificate of qualification has 24 or 27 digits and holds the citizen's id number: it is nowhere kept or told. */
export const carriesIdNumber = (cell: string): boolean => /^\d{23}[\dXx]$|^\d{26}[\dXx]$/.test(cell.replace(/\s/g, ''))

const longest: Partial<Record<AccountField, number>> = {
  ...{ hcp_code: 60, name: 80, hospital_code: 26, hospital_name: 120, campus: 60, department: 80, title: 40, post: 40 },
  ...{ specialty: 40, city: 40, territory_code: 40, rep_id: 64, product_line: 40 },
}
const required = ['hcp_code', 'name', 'hospital_name', 'department', 'territory_code'] as const
const ids = ['hcp_code', 'hospital_code', 'licence_no', 'rep_id', 'territory_code'] as const

/** What a row says, or the first thing that is wrong with it. */
export function readAccountRow(row: AccountListRow): AccountValues | RowFault {
  const text = (field: AccountField): string => (row.fields[field] ?? '').trim()
  const given = (field: AccountField): string | undefined => (field in row.fields ? text(field) : undefined)
  const fault = faultOf(row, text)
  if (fault) return fault
  return {
    ...{ externalId: text('hcp_code'), name: text('name'), department: text('department'), city: text('city') },
    ...{ hospitalCode: text('hospital_code'), hospital: text('hospital_name'), licence: text('licence_no') },
    ...{ territory: text('territory_code'), rep: text('rep_id').toLowerCase(), productLine: text('product_line') },
    ...{ fromDay: dayOf(text('assign_from')) || null, untilDay: dayOf(text('assign_to')) || null },
    active: statusOf(text('status')) !== 'inactive' && opOf(text('op')) !== 'delete',
    ...{ campus: given('campus'), title: given('title'), post: given('post'), specialty: given('specialty') },
  }
}

function faultOf(row: AccountListRow, text: (field: AccountField) => string): RowFault | undefined {
  const fields = Object.keys(row.fields) as AccountField[] // of the columns the list has
  if (row.cells.some(carriesIdNumber))
    return { field: fields.find((field) => carriesIdNumber(text(field))) ?? '', problem: 'carries_id_number' }
  const missing = required.find((field) => text(field) === '')
  if (missing) return { field: missing, problem: 'missing' }
  const long = fields.find((field) => [...text(field)].length > (longest[field] ?? 200))
  if (long) return { field: long, problem: 'too_long' }
  const spoiled = ids.find((field) => /^\d(\.\d+)?E\+\d+$/i.test(text(field)))
  if (spoiled) return { field: spoiled, problem: 'spreadsheet_number' }
  const lost = (['name', 'hospital_name', 'department'] as const).find((field) => /[\ufffd?□]/.test(text(field)))
  if (lost) return { field: lost, problem: 'characters_lost' }
  return formOf(text) ?? datesOf(text)
}

/** Posts that people write where the title belongs. */
const posts = /^(院长|副院长|书记|科主任|科副主任|主任|副主任|主任助理|护士长|教授|副教授)$/

function formOf(text: (field: AccountField) => string): RowFault | undefined {
  if (!/^[\p{L}\p{N}_.-]+$/u.test(text('hcp_code'))) return { field: 'hcp_code', problem: 'not_valid' }
  if (!/^[\w-]*$/.test(text('hospital_code'))) return { field: 'hospital_code', problem: 'not_valid' }
  if (/^(测试|test)|(科|科室|医院|药房|护士站)$/i.test(text('name'))) return { field: 'name', problem: 'not_a_person' }
  if (posts.test(text('title'))) return { field: 'title', problem: 'title_is_post' }
  if (!/^([0-9A-Za-z-]{15})?$/.test(text('licence_no'))) return { field: 'licence_no', problem: 'licence_length' }
  if (!statusOf(text('status'))) return { field: 'status', problem: 'value_unknown' }
  return opOf(text('op')) ? undefined : { field: 'op', problem: 'value_unknown' }
}

function datesOf(text: (field: AccountField) => string): RowFault | undefined {
  for (const field of ['assign_from', 'assign_to'] as const) {
    if (/^\d{5}(\.\d+)?$/.test(text(field))) return { field, problem: 'date_serial' }
    if (dayOf(text(field)) === undefined) return { field, problem: 'date_unknown' }
  }
  const [from, until] = [dayOf(text('assign_from')), dayOf(text('assign_to'))]
  return from && until && until < from ? { field: 'assign_to', problem: 'dates_reversed' } : undefined
}

const statuses: Record<string, 'active' | 'inactive'> = {
  ...{ '': 'active', 在职: 'active', 有效: 'active', active: 'active', 在岗: 'active' },
  ...{ 离职: 'inactive', 退休: 'inactive', 无效: 'inactive', inactive: 'inactive', 离岗: 'inactive' },
}
const statusOf = (text: string) => statuses[text.toLowerCase()]

const ops: Record<string, 'update' | 'delete'> = {
  ...{ '': 'update', u: 'update', i: 'update', 更新: 'update', 新增: 'update', d: 'delete', 删除: 'delete' },
}
const opOf = (text: string) => ops[text.toLowerCase()]

/** Empty stays empty, what is no day is undefined. */
const dayOf = (text: string): string | undefined => (text === '' ? '' : dayIn(text))
