import type { Report, ReportRow } from './reports.ts'

type Rows = Pick<Report, 'columns' | 'rows'>
/** The column of what a report is broken down by. */
export const memberColumn = 'member'

/**
 * The rows by one column, backwards with - before it: numbers as numbers, names as the language sorts them; what is kept
 * back or has nothing to say comes last either way. By another column than the report has they stay as they are.
 */
export function orderReport({ columns, rows }: Rows, order: string, language: 'zh' | 'en'): readonly ReportRow[] {
  const column = order.replace(/^-/, '')
  const sign = order.startsWith('-') ? -1 : 1
  if (column === memberColumn) {
    const sorter = new Intl.Collator(language, { numeric: true })
    return rows.toSorted((one, other) => sign * sorter.compare(one.name[language], other.name[language]))
  }
  const place = columns.indexOf(column)
  if (place < 0) return rows
  const valueOf = ({ values }: ReportRow): number | null => values[place] ?? null
  return rows.toSorted((one, other) => {
    const [left, right] = [valueOf(one), valueOf(other)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (left - right)
  })
}
