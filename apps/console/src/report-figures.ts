import {
  memberColumn,
  reportBy,
  reportColumn,
  reportUnit,
  type Report,
  type ReportBy,
  type ReportKind,
} from '@vouch/contract'
import type { ReportsText } from './text/reports.zh.ts'

/** What a column is called and means. */
export const columnOf = (column: string, r: ReportsText) => reportColumn(column, r.words, r.reasons)

/** What stands over each column: what the report is broken down by, then its numbers. */
export function headsOf(kind: ReportKind, by: ReportBy, columns: readonly string[], r: ReportsText) {
  const first = reportBy[kind].length > 0 ? r.words.by[by] : r.words.kinds[kind].word
  return {
    [memberColumn]: first,
    ...Object.fromEntries(columns.map((column) => [column, columnOf(column, r).word])),
  }
}

/** A number with its unit, as a person reads it. */
export function figure(value: number | null, column: string, r: ReportsText): string {
  if (value === null) return r.nothing
  const unit = reportUnit(column)
  if (unit === 'percent') return `${value}%`
  if (unit === 'count') return value.toLocaleString('en-US')
  return r.duration(unit === 'seconds' ? value : value * 60)
}

/** What of a report is drawn. Stacked are only columns of which each thing is in one, and never under a common name. */
const drawn: Record<ReportKind, { columns: RegExp; stack: boolean }> = {
  sends: { columns: /^is:/, stack: true },
  refusals: { columns: /^no:/, stack: false },
  reading: { columns: /^(link|opened|read|read_all)$/, stack: false },
  asks: { columns: /^(ask|ask_yes|ask_no|ask_open)$/, stack: false },
  standing: { columns: /^(?!doctors$)/, stack: true },
  coverage: { columns: /^reached_/, stack: true },
  pressure: { columns: /^/, stack: false },
  contacted: { columns: /^/, stack: false },
}

export type Drawing = {
  categories: string[]
  series: { name: string; values: (number | null)[] }[]
  stack: boolean
  across: boolean
}
/** More than this is a thicket; the table has all of it. */
export const mostDrawn = 12

/** What a chart shows of a report: columns that are nothing everywhere are left out. */
export function drawingOf(
  kind: ReportKind,
  by: string,
  report: Report,
  { r, language }: { r: ReportsText; language: 'zh' | 'en' },
): Drawing {
  const { columns, stack } = drawn[kind]
  const shown = report.columns.map((key, place) => ({ key, place })).filter(({ key }) => columns.test(key))
  if (kind === 'refusals') {
    const total = report.total ?? []
    const name = r.words.columns['refused']?.word ?? ''
    const reasons = shown.slice(0, mostDrawn)
    return {
      ...{
        stack: false,
        across: true,
        categories: reasons.map(({ key }) => r.reasons[key.slice(3) as keyof typeof r.reasons]),
      },
      series: [{ name, values: reasons.map(({ place }) => total[place] ?? 0) }],
    }
  }
  const rows = report.rows
    .slice(kind === 'pressure' || by === 'week' ? -mostDrawn * 5 : 0)
    .slice(0, by === 'week' ? undefined : mostDrawn)
  const series = shown
    .map(({ key, place }) => ({ name: columnOf(key, r).word, values: rows.map((row) => row.values[place] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null && value > 0))
  return {
    categories: rows.map((row) => row.name[language]),
    series,
    stack,
    across: by !== 'week' && kind !== 'pressure',
  }
}
