import { sql, type Kysely, type Transaction } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { batchWords } from './batch-words.ts'
import { leaseMs, never, type Claimed } from './queries.ts'

/**
 * When each of these people was last sent a message of a kind, by `person kind`, as far as that is later than `since`; one
 * that WeCom may have counts as sent a moment ago.
 */
export async function findLastSent(
  db: Kysely<Database>,
  personIds: readonly string[],
  { since, now }: { since: Date; now: Date },
): Promise<Map<string, Date>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('outbox')
    .select(['toPerson', 'kind', (eb) => eb.fn.max('sentAt').as('sentAt')])
    .select(sql<number>`max(sent_at is null)`.as('pending'))
    .where('toPerson', 'in', [...new Set(personIds)])
    .where((eb) =>
      eb.or([
        eb('sentAt', '>', since),
        eb.and([eb('sentAt', 'is', null), eb('triedAt', 'is not', null), eb('runAt', '<', never)]),
      ]),
    )
    .groupBy(['toPerson', 'kind'])
    .execute()
  return new Map(
    rows.map(({ toPerson, kind, sentAt, pending }) => [
      `${toPerson} ${kind}`,
      Number(pending) === 1 || !sentAt ? now : sentAt,
    ]),
  )
}

class TakenOver extends Error {}

/**
 * Makes one message of several notices of one person, its words fixed from now on: whoever delivers it, after however many
 * failures, says the same, and WeCom shows the same once. Undefined when another instance has taken one of them over.
 */
export async function makeBatch(
  db: Kysely<Database>,
  notices: readonly Claimed[],
  { batchId, owner, at }: { batchId: string; owner: string; at: Date },
): Promise<Claimed | undefined> {
  const { toPerson, kind, wecomUserId, status } = notices[0]!
  const body = JSON.stringify(batchWords(notices, at))
  const ids = notices.map(({ id }) => id)
  const createdAt = notices.reduce((oldest, one) => (one.createdAt < oldest ? one.createdAt : oldest), at)
  const batch = { id: batchId, kind, toPerson, subjectId: batchId, body, members: notices.length, createdAt }
  try {
    await transact(db, async (trx) => {
      const taken = await trx
        .updateTable('outbox')
        .set({ batchId, owner: null })
        .where('id', 'in', ids)
        .where('owner', '=', owner)
        .where('sentAt', 'is', null)
        .executeTakeFirst()
      if (taken.numUpdatedRows !== BigInt(ids.length)) throw new TakenOver()
      const claim = { runAt: at, owner, ownedUntil: new Date(at.getTime() + leaseMs) }
      await trx
        .insertInto('outbox')
        .values({ ...batch, ...claim })
        .execute()
    })
  } catch (fault) {
    if (fault instanceof TakenOver) return undefined
    throw fault
  }
  return { ...batch, wecomUserId, status, attempts: 0, triedAt: null }
}

/** What a message that tells several tells. */
export function findMembers(trx: Transaction<Database>, batchIds: readonly string[]) {
  return trx
    .selectFrom('outbox')
    .select(['id', 'kind', 'toPerson', 'subjectId', 'batchId'])
    .where('batchId', 'in', [...batchIds])
    .orderBy('id')
    .execute()
}
