import type { ReportBy } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { ReportDimension } from '../db/tables/reports.ts'

/** Days counted from 1970, both included; no product is all of them, and `territories` of null is everywhere. */
export type Asked = { from: number; until: number; product: string; territories: readonly string[] | null }
export type Sums = Map<string, Map<string, number>>

const counted: Record<ReportBy, ReportDimension> = {
  ...{ week: 'whole', product: 'whole', territory: 'whole' },
  ...{ document: 'document', version: 'version', rep: 'rep', hospital: 'hospital', specialty: 'specialty' },
}
/** The Monday of a day; 1970 began with a Thursday. */
const monday = sql<string>`floor((day + 3) / 7) * 7 - 3`
const memberOf = (by: ReportBy) =>
  by === 'week' ? monday : sql<string>`${sql.ref(by === 'product' || by === 'territory' ? by : 'member')}`

/** Every measure that begins with one of these words, by member. */
export async function sumCounts(
  db: Kysely<Database>,
  by: ReportBy,
  asked: Asked,
  measures: readonly string[],
): Promise<Sums> {
  const rows = await db
    .selectFrom('reportCount')
    .select((eb) => [memberOf(by).as('group'), 'measure', eb.fn.sum<number>('n').as('n')])
    .where('dimension', '=', counted[by])
    .where('day', '>=', asked.from)
    .where('day', '<=', asked.until)
    .$if(asked.product !== '', (count) => count.where('product', '=', asked.product))
    .$if(asked.territories !== null, (count) => count.where('territory', 'in', asked.territories ?? []))
    .where((eb) =>
      eb.or(measures.map((one) => (/[:%]$/.test(one) ? eb('measure', 'like', `${one}%`) : eb('measure', '=', one)))),
    )
    .groupBy(['group', 'measure'])
    .execute()
  return asSums(rows.map(({ group, measure, n }) => [String(group), measure, n]))
}

/** All members together. */
export function totalOf(sums: Sums): Map<string, number> {
  const all = new Map<string, number>()
  for (const measures of sums.values())
    for (const [measure, n] of measures) all.set(measure, (all.get(measure) ?? 0) + n)
  return all
}

/** About how many doctors the reading of each member is, and of all together. */
export async function countReaders(db: Kysely<Database>, by: ReportBy, asked: Asked) {
  const readers = db
    .selectFrom('reportReader')
    .where('dimension', '=', counted[by])
    .where('day', '>=', asked.from)
    .where('day', '<=', asked.until)
    .$if(asked.product !== '', (count) => count.where('product', '=', asked.product))
    .$if(asked.territories !== null, (count) => count.where('territory', 'in', asked.territories ?? []))
  const [rows, all] = await Promise.all([
    readers
      .select((eb) => [memberOf(by).as('group'), eb.fn.count<number>('accountId').distinct().as('readers')])
      .groupBy('group')
      .execute(),
    readers.select((eb) => eb.fn.count<number>('accountId').distinct().as('readers')).executeTakeFirstOrThrow(),
  ])
  return {
    groups: rows.map(({ group, readers: many }) => ({ member: String(group), readers: Number(many) })),
    all: Number(all.readers),
  }
}

const ofDoctor = { territory: 'territory', specialty: 'specialty', hospital: 'hospitalId' } as const
export type DoctorBy = keyof typeof ofDoctor

/** Active doctors by where they stand on receiving material. */
export async function sumStandings(db: Kysely<Database>, by: DoctorBy, { territories }: Asked): Promise<Sums> {
  const rows = await db
    .selectFrom('reportDoctor')
    .select((eb) => [`${ofDoctor[by]} as member` as const, 'standing', eb.fn.countAll<number>().as('n')])
    .where('counts', '=', 1)
    .$if(territories !== null, (doctor) => doctor.where('territory', 'in', territories ?? []))
    .groupBy(['member', 'standing'])
    .execute()
  return asSums(rows.map(({ member, standing, n }) => [member, standing, n]))
}

/** Active doctors who were reached, by the best evidence of it. */
export async function sumReached(db: Kysely<Database>, by: DoctorBy, asked: Asked): Promise<Sums> {
  const best = db
    .selectFrom('reportContact')
    .select((eb) => ['accountId', eb.fn.max('evidence').as('evidence')])
    .where('day', '>=', asked.from)
    .where('day', '<=', asked.until)
    .$if(asked.product !== '', (contact) => contact.where('product', '=', asked.product))
    .groupBy('accountId')
  const rows = await db
    .selectFrom(best.as('best'))
    .innerJoin('reportDoctor', 'reportDoctor.accountId', 'best.accountId')
    .select((eb) => [`${ofDoctor[by]} as member` as const, 'best.evidence', eb.fn.countAll<number>().as('n')])
    .where('reportDoctor.counts', '=', 1)
    .$if(asked.territories !== null, (doctor) => doctor.where('territory', 'in', asked.territories ?? []))
    .groupBy(['member', 'best.evidence'])
    .execute()
  return asSums(rows.map(({ member, evidence, n }) => [member, `evidence:${evidence}`, n]))
}

/** Sends that count, of each doctor in each Shanghai month. */
const perDoctor = (db: Kysely<Database>, asked: Asked) =>
  db
    .selectFrom('reportContact')
    .innerJoin('reportDoctor', 'reportDoctor.accountId', 'reportContact.accountId')
    .select((eb) => ['reportContact.accountId', eb.fn.sum<number>('reportContact.counted').as('counted')])
    .where('reportContact.day', '>=', asked.from)
    .where('reportContact.day', '<=', asked.until)
    .$if(asked.product !== '', (contact) => contact.where('reportContact.product', '=', asked.product))
    .$if(asked.territories !== null, (doctor) => doctor.where('reportDoctor.territory', 'in', asked.territories ?? []))
    .groupBy('reportContact.accountId')
    .having((eb) => eb.fn.sum('reportContact.counted'), '>', 0)

/** How many doctors had how many, by month as 2026-11. */
export async function sumPressure(db: Kysely<Database>, asked: Asked): Promise<Sums> {
  const month = sql<string>`date_format(date_add('1970-01-01', interval report_contact.day day), '%Y-%m')`
  const monthly = perDoctor(db, asked).select(month.as('month')).groupBy('month')
  const rows = await db
    .selectFrom(monthly.as('monthly'))
    .select((eb) => ['monthly.counted', 'monthly.month', eb.fn.countAll<number>().as('n')])
    .groupBy(['monthly.counted', 'monthly.month'])
    .execute()
  return asSums(rows.map(({ counted: many, month: of, n }) => [String(Number(many)), of, n]))
}

export async function findMostContacted(db: Kysely<Database>, asked: Asked, limit: number): Promise<Sums> {
  const rows = await perDoctor(db, asked).orderBy('counted', 'desc').orderBy('accountId').limit(limit).execute()
  return asSums(rows.map(({ accountId, counted: many }) => [accountId, 'counted', many]))
}

function asSums(rows: readonly [member: string, measure: string, n: number | string][]): Sums {
  const sums: Sums = new Map()
  for (const [member, measure, n] of rows)
    sums.set(member, (sums.get(member) ?? new Map<string, number>()).set(measure, Number(n)))
  return sums
}
