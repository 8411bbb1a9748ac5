import { reportBy, reportDimensions, reportKinds, type ReportBy, type ReportKind } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { day } from '../text/format.ts'
import { useAddressFilter } from './use-address-filter.ts'

export const periods = ['days30', 'quarter', 'last_quarter', 'own'] as const
export type Period = (typeof periods)[number]
export type ReportFilter = {
  kind: ReportKind
  by: ReportBy
  period: Period
  from: string
  until: string
  product: string
  territory: string
  /** As `orderReport` takes it. */
  order: string
  query: string
}

const among = <Value extends string>(of: readonly Value[], given: unknown): Value =>
  of.find((one) => one === given) ?? of[0]!
const shaped = (given: unknown, shape: RegExp): string => (typeof given === 'string' && shape.test(given) ? given : '')
const dayShape = /^20\d{2}-\d{2}-\d{2}$/
const orderShape = /^-?[\w:-]{1,58}$/
const codeShape = /^[^\p{Cs}\p{Cc}]{0,40}$/u

/** The report an address asks for; anything else it says is as if it were not there. */
export function readReportFilter(query: LocationQuery): ReportFilter {
  const kind = among(reportKinds, query['report'])
  const by = reportBy[kind].length > 0 ? among(reportBy[kind], query['by']) : reportDimensions[0]
  return {
    ...{ kind, by, period: among(periods, query['period']), query: '' },
    ...{ from: shaped(query['from'], dayShape), until: shaped(query['until'], dayShape) },
    ...{ product: shaped(query['product'], codeShape), territory: shaped(query['territory'], codeShape) },
    order: shaped(query['order'], orderShape),
  }
}

export function writeReportFilter(before: LocationQuery, filter: ReportFilter): LocationQueryRaw {
  const { kind, by, period, from, until, product, territory, order } = filter
  const own = period === 'own'
  return {
    ...before,
    ...{ report: kind === reportKinds[0] ? undefined : kind, by: by === reportBy[kind][0] ? undefined : by },
    ...{ period: period === periods[0] ? undefined : period, from: own ? from : undefined },
    ...{ until: own ? until : undefined, product: product || undefined, territory: territory || undefined },
    order: order || undefined,
  }
}

/** Another report has other columns, and stands by itself again. */
export function useReportFilter() {
  const { to, ...used } = useAddressFilter({ read: readReportFilter, write: writeReportFilter })
  return {
    ...used,
    to: (change: Partial<ReportFilter>) => to('kind' in change ? { order: '', ...change } : change),
  }
}

const dayMs = 86_400_000

/** The Shanghai days of a period, both included; a day of one's own that is missing is today. */
export function daysOf({ period, from, until }: ReportFilter, now: Date): { from: string; until: string } {
  const today = day(now)
  if (period === 'own') return { from: from || today, until: until || today }
  if (period === 'days30') return { from: day(new Date(now.getTime() - 29 * dayMs)), until: today }
  const [year, month] = today.split('-').map(Number) as [number, number] // as `day` writes it
  const quarter = Math.floor((month - 1) / 3) * 3
  const first = (offset: number): Date => new Date(Date.UTC(year, quarter + offset, 1))
  if (period === 'quarter') return { from: first(0).toISOString().slice(0, 10), until: today }
  const last = new Date(first(0).getTime() - dayMs)
  return { from: first(-3).toISOString().slice(0, 10), until: last.toISOString().slice(0, 10) }
}
