import type { RefusalReason } from '@vouch/rules'
import type { ReportBy, ReportKind } from './reports.ts'

type Word = { word: string; means: string }
export type ReportWords = {
  kinds: Record<ReportKind, Word>
  by: Record<ReportBy, string>
  columns: Record<string, Word>
  /** A month of `pressure`, as 2026-11. */
  month: (name: string) => Word
  reason: (word: string) => Word
  notes: { few: string; honest: string; doctors: string; period: (from: string, until: string) => string }
  total: string
  none: string
  units: { percent: string; seconds: string; minutes: string }
}

/** What stands over a column and what its numbers mean; reasons and months are columns of their own. */
export function reportColumn(column: string, words: ReportWords, reasons: Record<RefusalReason, string>): Word {
  if (column.startsWith('no:')) return words.reason(reasons[column.slice(3) as RefusalReason]) // measured so
  return words.columns[column] ?? words.month(column)
}

/** The unit of a column; a number of things where nothing is said. */
export function reportUnit(column: string): 'count' | 'percent' | 'seconds' | 'minutes' {
  if (column === 'opened_rate' || column === 'read_share' || column === 'agreed_rate') return 'percent'
  if (column === 'read_median' || column === 'read_p90') return 'seconds'
  return /^(open|wait)_(median|p90)$/.test(column) ? 'minutes' : 'count'
}
