import {
  fewestReaders,
  reportBy,
  type Input,
  type Report,
  type ReportBy,
  type reportEndpoints,
  type ReportKind,
} from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import { readProgress } from './due-days.ts'
import { columnsOf, measuresAsked, type Of } from './report-columns.ts'
import { nameMembers } from './report-names.ts'
import {
  countReaders,
  findMostContacted,
  sumCounts,
  sumPressure,
  sumReached,
  sumStandings,
  totalOf,
  type Asked,
  type DoctorBy,
  type Sums,
} from './report-queries.ts'
import { isAboutPeople } from './report-roles.ts'
import { withheldGroups } from './withhold.ts'

type Wanted = Input<typeof reportEndpoints.loadReport>
const mostRows = 300
const mostDays = 400
const mostContacted = 10
const dayMs = 86_400_000
const none: Sums = new Map()

/** A report as the page shows it. Where its rows are people, who looked is on record. */
export async function loadReport(deps: Deps, me: Session, wanted: Wanted): Promise<Report> {
  const report = await readReport(deps, me, wanted)
  if (isAboutPeople(wanted.kind, wanted.by))
    await transact(deps.db, (trx) =>
      appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
        ...{ event: 'report.viewed', subjectId: me.personId },
        detail: {
          report: wanted.kind,
          by: wanted.by,
          from: wanted.from,
          until: wanted.until,
          shown: report.rows.length,
        },
      }),
    )
  return report
}

/** The figures that jobs have kept, never asked from the facts, for the territories of whoever asks. */
export async function readReport(deps: Deps, me: Session, wanted: Wanted): Promise<Report> {
  const kept = await readProgress(deps.db, 'counted')
  const doctors = await readProgress(deps.db, 'doctors')
  const asked = await narrow(deps, me, wanted)
  const by = byOf(wanted)
  const countedUntil = kept && doctors ? new Date(Math.min(+kept.until, +doctors.until)) : null
  const sums = asked.territories?.length === 0 ? none : await sumsOf(deps, wanted.kind, by, asked)
  const reading = wanted.kind === 'reading' ? await withheldReading(deps, by, asked) : null
  const all = totalOf(sums)
  const months = [...new Set([...sums.values()].flatMap((of) => [...of.keys()]))].toSorted()
  const columns = columnsOf(wanted.kind, asOf(all), months)
  const named = await nameMembers(deps.db, { kind: wanted.kind, by }, [...sums.keys()])
  const valuesOf = (of: Of, withheld: boolean) =>
    columns.map(({ value, ofReading }) => (ofReading && withheld ? null : value(of)))
  const rows = [...sums].map(([member, measures]) => {
    const withheld = reading?.groups.has(member) ?? false
    return { member, name: named(member), values: valuesOf(asOf(measures), withheld), withheld }
  })
  const sorted = rows.toSorted(orderOf(wanted.kind, by))
  const total = wanted.kind === 'contacted' || rows.length === 0 ? null : valuesOf(asOf(all), reading?.total ?? false)
  return {
    columns: columns.map(({ key }) => key),
    rows: sorted.slice(0, mostRows),
    total,
    more: Math.max(0, sorted.length - mostRows),
    withheld: rows.filter((row) => row.withheld).length,
    countedUntil,
  }
}

type Row = Report['rows'][number]

/** Weeks and numbers in their own order, the rest with the largest first. */
function orderOf(kind: ReportKind, by: ReportBy): (one: Row, other: Row) => number {
  if (kind === 'pressure' || (by === 'week' && kind !== 'contacted'))
    return (one, other) => Number(one.member) - Number(other.member)
  return (one, other) => (other.values[0] ?? 0) - (one.values[0] ?? 0) || (one.member < other.member ? -1 : 1)
}

const asOf =
  (measures: ReadonlyMap<string, number>): Of =>
  (measure) =>
    measures.get(measure) ?? 0

/** A breakdown that a report does not have is its first one. */
export const byOf = ({ kind, by }: Pick<Wanted, 'kind' | 'by'>): ReportBy =>
  reportBy[kind].includes(by) ? by : (reportBy[kind][0] ?? 'week')

/** The days asked for, and of the territories those that somebody may see. */
async function narrow(deps: Deps, me: Session, { kind, from, until, product, territory }: Wanted): Promise<Asked> {
  const days = { from: Date.parse(from) / dayMs, until: Date.parse(until) / dayMs }
  if (days.until < days.from || days.until - days.from >= mostDays) throw new AppError('bad_request')
  const scope = await scopeOf(deps, me)
  const territories = territory ? (scope && !scope.includes(territory) ? [] : [territory]) : scope
  return { ...(kind === 'pressure' ? wholeMonths(days) : days), product, territories }
}

function wholeMonths({ from, until }: { from: number; until: number }): { from: number; until: number } {
  const [first, last] = [new Date(from * dayMs), new Date(until * dayMs)]
  return {
    from: Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1) / dayMs,
    until: Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0) / dayMs,
  }
}

async function sumsOf({ db }: Deps, kind: ReportKind, by: ReportBy, asked: Asked): Promise<Sums> {
  if (kind === 'pressure') return sumPressure(db, asked)
  if (kind === 'contacted') return findMostContacted(db, asked, mostContacted)
  if (kind === 'standing') return sumStandings(db, by as DoctorBy, asked) // reportBy has no other for these
  if (kind !== 'coverage') return sumCounts(db, by, asked, measuresAsked[kind] ?? [])
  const [standing, reached] = await Promise.all([
    sumStandings(db, by as DoctorBy, asked), // as above
    sumReached(db, by as DoctorBy, asked), // as above
  ])
  return new Map([...standing].map(([member, of]) => [member, new Map([...of, ...(reached.get(member) ?? [])])]))
}

/** Whose reading must not be told, and whether the total is about too few as well. */
async function withheldReading({ db }: Deps, by: ReportBy, asked: Asked) {
  if (asked.territories?.length === 0) return { groups: new Set<string>(), total: false }
  const { groups, all } = await countReaders(db, by, asked)
  return { groups: withheldGroups(groups, fewestReaders), total: all > 0 && all < fewestReaders }
}
