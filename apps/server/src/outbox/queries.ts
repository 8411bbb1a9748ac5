import { sql, type Kysely, type Transaction } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { findMembers } from './batch-queries.ts'

/** WeCom takes so many members a call. */
const atOnce = 1_000
/** A server that died with notices in hand leaves them to the next after this. */
export const leaseMs = 60_000
/** A notice that is given up is never due again. */
export const never = new Date('9999-12-31T00:00:00.000Z')

/** Takes notices that are due, the oldest first; each belongs to one taker at a time. */
export async function claimNotices(db: Kysely<Database>, owner: string, now: Date) {
  await transact(db, (trx) =>
    trx
      .updateTable('outbox')
      .set({ owner, ownedUntil: new Date(now.getTime() + leaseMs) })
      .where('sentAt', 'is', null)
      .where('runAt', '<=', now)
      .where('ownedUntil', '<=', now)
      .where('batchId', 'is', null)
      .orderBy('runAt')
      .orderBy('id')
      .limit(atOnce)
      .execute(),
  )
  return db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'outbox.toPerson')
    .select(['outbox.id', 'outbox.kind', 'outbox.toPerson', 'outbox.subjectId', 'outbox.body', 'outbox.attempts'])
    .select(['outbox.createdAt', 'outbox.members', 'outbox.triedAt', 'person.wecomUserId', 'person.status'])
    .where('outbox.sentAt', 'is', null)
    .where('outbox.runAt', '<=', now)
    .where('outbox.owner', '=', owner)
    .where('outbox.batchId', 'is', null)
    .orderBy('outbox.id')
    .execute()
}
export type Claimed = Awaited<ReturnType<typeof claimNotices>>[number]

const idsOf = (notices: readonly Claimed[]): string[] => notices.map((notice) => notice.id)

/** How many messages each of these people was sent since then. */
export async function countSent(db: Kysely<Database>, personIds: string[], since: Date): Promise<Map<string, number>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('outbox')
    .select(['toPerson', (eb) => eb.fn.countAll<number>().as('sent')])
    .where('sentAt', '>', since)
    .where('toPerson', 'in', personIds)
    .where('batchId', 'is', null)
    .groupBy('toPerson')
    .execute()
  return new Map(rows.map(({ toPerson, sent }) => [toPerson, Number(sent)]))
}

/** Gives them back untried. */
export async function postpone(db: Kysely<Database>, notices: readonly Claimed[], until: Date): Promise<void> {
  if (notices.length === 0) return
  const change = { owner: null, ownedUntil: new Date(0), runAt: until }
  await transact(db, (trx) => trx.updateTable('outbox').set(change).where('id', 'in', idsOf(notices)).execute())
}

/** Nobody wants to be told these. */
export async function forget(db: Kysely<Database>, notices: readonly Claimed[]): Promise<void> {
  if (notices.length === 0) return
  await transact(db, (trx) => trx.deleteFrom('outbox').where('id', 'in', idsOf(notices)).execute())
}

/** From now on WeCom may have these in the words they have. */
export async function markTried(db: Kysely<Database>, notices: readonly Claimed[], now: Date): Promise<void> {
  if (notices.length === 0) return
  await transact(db, (trx) =>
    trx.updateTable('outbox').set({ triedAt: now }).where('id', 'in', idsOf(notices)).execute(),
  )
}

/** Gives them back after a failure: after n of them a notice rests 5 s × 2^n, at most an hour. */
export async function release(
  db: Kysely<Database>,
  notices: readonly Claimed[],
  { now, refused }: { now: Date; refused: boolean },
): Promise<void> {
  if (notices.length === 0) return
  const change = {
    ...{ owner: null, ownedUntil: new Date(0), problem: 'unavailable' },
    runAt: sql<Date>`date_add(${now}, interval least(3600, 5 * pow(2, least(attempts, 10))) second)`,
    attempts: sql<number>`attempts + 1`,
    ...(refused ? { triedAt: null } : {}),
  }
  await transact(db, (trx) => trx.updateTable('outbox').set(change).where('id', 'in', idsOf(notices)).execute())
}

/**
 * The last word on these, told or never to be, and on what they tell. A message about several that did not arrive is taken
 * apart: each notice stands for itself again. Returns every notice that is settled.
 */
export async function settleNotices(
  trx: Transaction<Database>,
  notices: readonly Claimed[],
  at: Date,
  problem: string | null,
): Promise<{ kind: string; toPerson: string; subjectId: string }[]> {
  const batchIds = notices.filter(({ members }) => members > 1).map(({ id }) => id)
  const members = batchIds.length > 0 ? await findMembers(trx, batchIds) : []
  const outcome = problem ? { problem, runAt: never, batchId: null } : { problem, sentAt: at }
  const ids = [...idsOf(notices), ...members.map(({ id }) => id)]
  await trx
    .updateTable('outbox')
    .set({ owner: null, ...outcome })
    .where('id', 'in', ids)
    .execute()
  if (problem && batchIds.length > 0) await trx.deleteFrom('outbox').where('id', 'in', batchIds).execute()
  return [...notices.filter(({ members: told }) => told === 1), ...members]
}

/** Since when the oldest notice that is due waits, in seconds; one that was not tried counts from when it was due. */
export async function oldestNoticeSeconds(db: Kysely<Database>, now: Date): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select(sql<Date | null>`min(if(attempts = 0, run_at, created_at))`.as('since'))
    .where('sentAt', 'is', null)
    .where('runAt', '<', never)
    .where('batchId', 'is', null)
    .where((eb) => eb.or([eb('runAt', '<=', now), eb('attempts', '>', 0)]))
    .executeTakeFirst()
  return row?.since ? (now.getTime() - row.since.getTime()) / 1_000 : 0
}
