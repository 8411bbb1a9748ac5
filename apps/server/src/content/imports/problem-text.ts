import type { RowProblem } from './row-values.ts'
import type { ListProblem } from '../../read-csv.ts'

export type Language = 'zh' | 'en'

const texts: Record<RowProblem | ListProblem, Record<Language, string>> = {
  missing: { zh: '没有填写', en: 'is missing' },
  not_valid: { zh: '格式不对或太长', en: 'is of the wrong form or too long' },
  not_known: { zh: '没有这个值', en: 'is not a known value' },
  twice: { zh: '同一份文档在表中出现了两次', en: 'the document stands in this list twice' },
  kind_changed: { zh: '同一份文档不能改变类型', en: 'a document cannot change its kind' },
  no_such_file: { zh: '没有找到您上传的这个文件', en: 'you have uploaded no such file' },
  file_not_fit: { zh: '这个文件不能用于这种类型', en: 'the file does not fit the kind' },
  open_version_exists: {
    zh: '已有人在编辑或审批这份文档的新版本',
    en: 'somebody is writing or reviewing a version of it',
  },
  wrong_role: { zh: '您现在没有作者角色', en: 'you are no author now' },
  refused: { zh: '系统没有接受这一步', en: 'the step was refused' },
  list_encoding: { zh: '请另存为 UTF-8 或 GB 18030 编码的 CSV', en: 'save it as CSV in UTF-8 or GB 18030' },
  list_broken: { zh: '表格里有一个引号没有配对', en: 'a quotation mark is not closed' },
  list_empty: { zh: '表格里没有内容', en: 'the list is empty' },
  list_too_long: { zh: '表格太长，请分成几份', en: 'the list is too long, split it' },
  heading_twice: { zh: '同一列出现了两次', en: 'a column stands there twice' },
  heading_missing: { zh: '缺少必需的列', en: 'a column that is needed is missing' },
}

/** Why, for a person. A reason of a later version is shown as it is. */
export function problemText(problem: string, language: Language): string {
  return texts[problem as keyof typeof texts]?.[language] ?? problem
}
