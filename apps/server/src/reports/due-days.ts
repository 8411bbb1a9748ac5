import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { ReportProgressTable } from '../db/tables/reports.ts'
import type { Deps } from '../deps.ts'
import { dayIn, dayOf } from './day-queries.ts'

/** What was written by an instance whose clock is behind, or whose transaction lasted, is looked at again. */
const overlapMs = 120_000
const daysAtOnce = 500

/** Asks for days to be counted; one that is being counted is counted again. */
export async function askDays({ db, newId }: Pick<Deps, 'db' | 'newId'>, days: Iterable<number>): Promise<void> {
  const asked = [...new Set(days)]
  for (let from = 0; from < asked.length; from += daysAtOnce) {
    const mark = newId()
    await db
      .insertInto('reportDue')
      .values(asked.slice(from, from + daysAtOnce).map((day) => ({ day, mark })))
      .onDuplicateKeyUpdate({ mark })
      .execute()
  }
}

/**
 * Asks for every day that something became known about since it was last looked: a send of the day itself, an opening or a
 * deadline of an old one, a page read. The first time, for every day there is.
 */
export async function askChangedDays(deps: Deps): Promise<Date> {
  const at = deps.now()
  const known = await readProgress(deps.db, 'facts')
  const since = new Date((known?.until ?? new Date(overlapMs)).getTime() - overlapMs)
  await askDays(deps, known ? await findChanged(deps.db, since) : await findAll(deps.db, at))
  await writeProgress(deps.db, 'facts', at)
  return at
}

async function findAll(db: Kysely<Database>, at: Date): Promise<number[]> {
  const { first } = await db
    .selectFrom('send')
    .select((eb) => eb.fn.min('decidedAt').as('first'))
    .executeTakeFirstOrThrow()
  if (!first) return []
  const from = dayOf(first)
  return Array.from({ length: dayOf(at) - from + 1 }, (_, place) => from + place)
}

async function findChanged(db: Kysely<Database>, since: Date): Promise<number[]> {
  const [sent, known, read] = await Promise.all([
    db
      .selectFrom('send')
      .select(dayIn('send.decided_at').as('day'))
      .distinct()
      .where('decidedAt', '>=', since)
      .execute(),
    db
      .selectFrom('fact')
      .innerJoin('send', 'send.id', 'fact.sendId')
      .select(dayIn('send.decided_at').as('day'))
      .distinct()
      .where('fact.at', '>=', since)
      .execute(),
    db
      .selectFrom('pageView')
      .innerJoin('send', 'send.id', 'pageView.sendId')
      .select(dayIn('send.decided_at').as('day'))
      .distinct()
      .where('pageView.viewedAt', '>=', since)
      .execute(),
  ])
  return [...sent, ...known, ...read].map(({ day }) => Number(day))
}

/** Days on which something was tried with one of these records. */
export async function findDaysOf(db: Kysely<Database>, accounts: readonly string[]): Promise<number[]> {
  if (accounts.length === 0) return []
  const rows = await db
    .selectFrom('send')
    .select(dayIn('send.decided_at').as('day'))
    .distinct()
    .where('accountId', 'in', accounts)
    .execute()
  return rows.map(({ day }) => Number(day))
}

type Progress = ReportProgressTable['name']

export const readProgress = (db: Kysely<Database>, name: Progress) =>
  db.selectFrom('reportProgress').select(['until', 'said']).where('name', '=', name).executeTakeFirst()

export async function writeProgress(db: Kysely<Database>, name: Progress, until: Date, said = ''): Promise<void> {
  await db.insertInto('reportProgress').values({ name, until, said }).onDuplicateKeyUpdate({ until, said }).execute()
}

/** Days that wait to be counted, the newest first. */
export const findDue = (db: Kysely<Database>, limit: number) =>
  db.selectFrom('reportDue').select(['day', 'mark']).orderBy('day', 'desc').limit(limit).execute()
