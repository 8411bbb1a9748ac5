import { asCsv } from '../../../csv.ts'
import type { Deps } from '../../../deps.ts'
import type { ListLanguage } from '../../../error-table.ts'
import { listImportErrors } from '../../../list-imports.ts'
import { accountFields, headingOf, readAccountList } from './account-columns.ts'
import { carriesIdNumber, type RowProblem } from './read-account-row.ts'

const problems: Record<RowProblem, Record<ListLanguage, string>> = {
  missing: { zh: '没有填写', en: 'is missing' },
  too_long: { zh: '太长', en: 'is too long' },
  not_valid: { zh: '只能用文字、数字、- 和 _', en: 'takes letters, digits, - and _' },
  value_unknown: { zh: '不认识的值', en: 'is not a known value' },
  spreadsheet_number: {
    zh: '被电子表格改成了科学计数，末尾几位已经丢失，请从原系统重新导出',
    en: 'was turned into a number by a spreadsheet and lost digits; export it again from its source',
  },
  carries_id_number: {
    zh: '像是资格证书编码，里面有身份证号，不能导入，这里也不显示',
    en: 'looks like a certificate of qualification, which holds a citizen id; it is not taken and not shown',
  },
  licence_length: { zh: '执业证书编码应是 15 位', en: 'a licence number has 15 characters' },
  characters_lost: {
    zh: '有字在转换编码时丢失，请用 UTF-8 或 GB 18030 重新导出',
    en: 'lost characters on the way; export it again in UTF-8 or GB 18030',
  },
  not_a_person: { zh: '看起来不是一位真实的医生', en: 'does not look like a person' },
  title_is_post: { zh: '这是职务，请填到“职务”列', en: 'is a post; put it under post' },
  date_serial: {
    zh: '被电子表格改成了数字，请写成 2026-05-01',
    en: 'was turned into a number by a spreadsheet; write 2026-05-01',
  },
  date_unknown: { zh: '不是日期，如 2026-05-01', en: 'is no day, as in 2026-05-01' },
  dates_reversed: { zh: '早于生效日期', en: 'is before the first day' },
  differs_from_row: {
    zh: '和表中同一位医生前面的行不一致，一位医生多行时只有片区、代表、产品线和日期可以不同',
    en: 'differs from an earlier row of the same doctor in more than territory, rep, product line and days',
  },
}
const said = (problem: string, language: ListLanguage): string => problems[problem as RowProblem][language] // written from the list above

/** The rows that failed as they stood, and why; put right, the list can be imported as it is. */
export async function accountImportErrors(
  deps: Deps,
  { importId, language }: { importId: string; language: ListLanguage },
): Promise<string> {
  const shown = (cell: string): string => (carriesIdNumber(cell) ? '' : cell)
  const words = { language, headingOf, said, shown }
  return listImportErrors(deps, { of: 'account', importId, read: readAccountList, ...words })
}

/** An empty list with a remark that says how it is filled in. */
export function accountTemplate(language: ListLanguage): string {
  const remark =
    language === 'zh'
      ? [
          ...['# 示例行会跳过', '张三', 'H-001', '示例医院', '本部', '心内科', '主治医师', '', '', '110000000000011'],
          ...['江城市', 'east', '企业微信账号', '产品线', '2026-01-01', '', '在职', 'U'],
        ]
      : [
          ...['# this row is skipped', '张三', 'H-001', 'Example Hospital', 'Main', 'Cardiology', '主治医师', '', ''],
          ...['110000000000011', 'Jiangcheng', 'east', 'WeCom userid', 'line', '2026-01-01', '', 'active', 'U'],
        ]
  return asCsv([accountFields.map((field) => headingOf(field, language)), remark])
}
