import { readTable, type Table, type TableRow } from '../../../read-csv.ts'
import type { ListLanguage } from '../../../error-table.ts'

/** What a list says of a doctor and the headings under which it is understood; the first is what our template says. */
const headings = {
  hcp_code: ['医生编码', '医生ID', '医生编号', '客户编码', 'HCP ID', 'VID'],
  name: ['姓名', '医生姓名', '医生'],
  hospital_code: ['医院编码', '机构编码'],
  hospital_name: ['医院', '医院名称', '医疗机构', '机构名称'],
  campus: ['院区'],
  department: ['科室', '部门'],
  title: ['职称', '技术职称'],
  post: ['职务', '行政职务'],
  specialty: ['专业', '亚专业'],
  licence_no: ['执业证号', '执业证书编码', '医师执业证书编号', '执业证书编号'],
  city: ['市', '城市'],
  territory_code: ['片区', '岗位编码', '辖区', 'Territory'],
  rep_id: ['代表工号', '员工编号', 'WeCom账号', '企业微信账号'],
  product_line: ['产品线', 'BU'],
  assign_from: ['生效日期'],
  assign_to: ['失效日期'],
  status: ['状态'],
  op: ['操作'],
} as const
export type AccountField = keyof typeof headings
export const accountFields = Object.keys(headings) as AccountField[] // the keys of the table above

export type AccountListRow = TableRow<AccountField>

const known = new Map<string, AccountField>(
  accountFields.flatMap((field) => [field, ...headings[field]].map((heading) => [simple(heading), field] as const)),
)
const mostRows = 60_000

export const headingOf = (field: AccountField, language: ListLanguage): string =>
  language === 'zh' ? headings[field][0] : field

/** Reads a list of doctors. Columns that are not named here are not even looked at. Throws ListError. */
export const readAccountList = (bytes: Uint8Array): Promise<Table<AccountField>> =>
  readTable(bytes, {
    ...{ columnOf: (heading: string) => known.get(simple(heading)), mostRows },
    required: ['hcp_code', 'name', 'hospital_name', 'department', 'territory_code', 'rep_id'],
  })

/** Case, width, spaces, dashes and a star that says "required" make no difference. */
function simple(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*-]/g, '')
}
