import { refusalReasons, sendClasses } from '@vouch/rules'
import type { ReportKind } from '@vouch/contract'
import { readingBorders, waitingBorders } from './measures.ts'
import { quantile } from './quantile.ts'

export type Of = (measure: string) => number
type Column = { key: string; value: (of: Of) => number | null; ofReading?: boolean }

const plain = (...keys: string[]): Column[] => keys.map((key) => ({ key, value: (of) => of(key) }))
/** A part of a whole in percent, to a tenth. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((1_000 * part) / whole) / 10
const spread = (of: Of, measure: string, borders: readonly number[], part: number): number | null => {
  const counts = Array.from({ length: borders.length + 1 }, (_, place) => of(`${measure}:${place}`))
  const value = quantile(counts, borders, part)
  return value === null ? null : Math.round(value * 10) / 10
}

const reading: Column[] = [
  ...plain('link', 'opened'),
  { key: 'opened_rate', value: (of) => share(of('opened'), of('link')) },
  { key: 'open_median', value: (of) => spread(of, 'open_m', waitingBorders, 0.5) },
  ...[
    ...plain('read', 'read_all'),
    { key: 'read_share', value: (of: Of) => share(of('read_share') / 100, of('read')) },
    { key: 'read_median', value: (of: Of) => spread(of, 'read_s', readingBorders, 0.5) },
    { key: 'read_p90', value: (of: Of) => spread(of, 'read_s', readingBorders, 0.9) },
  ].map((column) => ({ ...column, ofReading: true })),
]
const asks: Column[] = [
  ...plain('ask', 'ask_yes', 'ask_no'),
  { key: 'ask_open', value: (of) => of('ask') - of('ask_yes') - of('ask_no') },
  { key: 'agreed_rate', value: (of) => share(of('ask_yes'), of('ask')) },
  { key: 'wait_median', value: (of) => spread(of, 'ask_m', waitingBorders, 0.5) },
  { key: 'wait_p90', value: (of) => spread(of, 'ask_m', waitingBorders, 0.9) },
  ...plain('ask_unsent', 'ask_refused'),
]
const standings = ['never', 'invited', 'opted_in', 'outdated', 'expired', 'declined', 'withdrawn']
const sum = (of: Of, keys: readonly string[]): number => keys.reduce((all, key) => all + of(key), 0)
const doctors: Column = { key: 'doctors', value: (of) => sum(of, standings) }
const coverage: Column[] = [
  doctors,
  ...plain('opted_in'),
  { key: 'reached_proven', value: (of) => of('evidence:3') },
  { key: 'reached_opened', value: (of) => of('evidence:2') },
  { key: 'reached_client', value: (of) => of('evidence:1') },
  {
    key: 'reached_none',
    value: (of) => sum(of, standings) - sum(of, ['evidence:3', 'evidence:2', 'evidence:1']),
  },
]

/** The columns of a report; which reasons and months there are depends on what happened. */
export function columnsOf(kind: ReportKind, happened: Of, months: readonly string[]): Column[] {
  if (kind === 'sends') return plain('passed', ...sendClasses.map((one) => `is:${one}`), 'refused')
  if (kind === 'refusals') {
    const reasons = refusalReasons.map((reason) => `no:${reason}`).filter((measure) => happened(measure) > 0)
    return plain('refused', ...reasons.toSorted((one, other) => happened(other) - happened(one)))
  }
  if (kind === 'reading') return reading
  if (kind === 'asks') return asks
  if (kind === 'standing') return [doctors, ...plain(...standings)]
  if (kind === 'coverage') return coverage
  return kind === 'pressure' ? plain(...months) : plain('counted')
}

/** What is summed for each; one that ends in a colon stands for all that begin with it. */
export const measuresAsked: Partial<Record<ReportKind, readonly string[]>> = {
  sends: ['passed', 'is:', 'refused'],
  refusals: ['refused', 'no:'],
  reading: ['link', 'opened', 'open_m:', 'read', 'read_all', 'read_share', 'read_s:'],
  asks: ['ask', 'ask_yes', 'ask_no', 'ask_m:', 'ask_unsent', 'ask_refused'],
}
