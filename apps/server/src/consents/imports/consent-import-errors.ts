import { asCsv } from '../../csv.ts'
import type { Deps } from '../../deps.ts'
import type { ListLanguage } from '../../error-table.ts'
import { listImportErrors } from '../../list-imports.ts'
import { consentFields, headingIn, readConsentList } from './consent-columns.ts'

const problems: Record<string, Record<ListLanguage, string>> = {
  account_unknown: { zh: '没有这位医生', en: 'No such doctor' },
  value_unknown: { zh: '不认识的值', en: 'Unknown value' },
  date_unknown: { zh: '不是日期，如 2026-05-01', en: 'Not a day, as in 2026-05-01' },
  stated_in_future: { zh: '日期在今天之后', en: 'After today' },
  text_not_active: { zh: '那天没有这个目的的同意书，或版本不对', en: 'No such text for this purpose then' },
  too_long: { zh: '太长', en: 'Too long' },
}

/** The rows that failed as they stood, and why; put right, the list can be imported as it is. */
export async function consentImportErrors(
  deps: Deps,
  { importId, language }: { importId: string; language: ListLanguage },
): Promise<string> {
  const words = { language, headingOf: headingIn, said }
  return listImportErrors(deps, { of: 'consent', importId, read: readConsentList, ...words })
}

const said = (problem: string, language: ListLanguage): string => problems[problem]?.[language] ?? problem

/** An empty list with a remark that says how it is filled in. */
export function consentTemplate(language: ListLanguage): string {
  const remark =
    language === 'zh'
      ? ['# 示例行会跳过', '接收资料', '同意', '2025-03-01', '', 'zh-CN', '档案室 2025-批次 03 第 118 页']
      : ['# this row is skipped', 'receive', 'opted_in', '2025-03-01', '', 'en-US', 'Archive 2025, batch 03, page 118']
  return asCsv([consentFields.map((field) => headingIn(field, language)), remark])
}
