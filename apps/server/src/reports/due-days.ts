import { shanghaiDay } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { ReportProgressTable } from '../db/tables/reports.ts'
import type { Deps } from '../deps.ts'
import { changedSends } from '../sends/changed-sends.ts'
import { dayIn } from './day-queries.ts'

/** What was written by an instance whose clock is behind, or whose transaction lasted, is looked at again. */
const overlapMs = 120_000
const daysAtOnce = 500

/** Asks for days to be counted, in their order; one that is being counted is counted again. */
export async function askDays({ db, newId }: Pick<Deps, 'db' | 'newId'>, days: Iterable<number>): Promise<void> {
  const asked = [...new Set(days)].toSorted((one, other) => one - other)
  for (let from = 0; from < asked.length; from += daysAtOnce) {
    const mark = newId()
    const rows = asked.slice(from, from + daysAtOnce).map((day) => ({ day, mark }))
    await transact(db, (trx) => trx.insertInto('reportDue').values(rows).onDuplicateKeyUpdate({ mark }).execute())
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
  const from = shanghaiDay(first)
  return Array.from({ length: shanghaiDay(at) - from + 1 }, (_, place) => from + place)
}

async function findChanged(db: Kysely<Database>, since: Date): Promise<Set<number>> {
  const days = new Set<number>()
  for await (const { sendIds } of changedSends(db, since, ['decided', 'fact', 'read']))
    for (const day of await findDaysOf(db, 'id', sendIds)) days.add(day)
  return days
}

/** Days of these sends, or on which something was tried with one of these records. */
export async function findDaysOf(
  db: Kysely<Database>,
  by: 'id' | 'accountId',
  ids: readonly string[],
): Promise<number[]> {
  if (ids.length === 0) return []
  const day = dayIn('send.decided_at').as('day')
  const rows = await db.selectFrom('send').select(day).distinct().where(by, 'in', ids).execute()
  return rows.map((row) => Number(row.day))
}

type Progress = ReportProgressTable['name']

export const readProgress = (db: Kysely<Database>, name: Progress) =>
  db.selectFrom('reportProgress').select(['until', 'said']).where('name', '=', name).executeTakeFirst()

export async function writeProgress(db: Kysely<Database>, name: Progress, until: Date, said = ''): Promise<void> {
  await transact(db, (trx) =>
    trx.insertInto('reportProgress').values({ name, until, said }).onDuplicateKeyUpdate({ until, said }).execute(),
  )
}

/** Days that wait to be counted, the newest first. */
export const findDue = (db: Kysely<Database>, limit: number) =>
  db.selectFrom('reportDue').select(['day', 'mark']).orderBy('day', 'desc').limit(limit).execute()
