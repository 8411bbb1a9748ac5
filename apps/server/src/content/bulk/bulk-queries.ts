import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'

const openAtOnce = 20

/** What is begun and neither done nor stopped, the oldest first, with who began it. */
export function findOpenBulks(db: Kysely<Database>) {
  return db
    .selectFrom('bulkAct')
    .select(['id', 'personId', 'act', 'reason', 'tagsAdded', 'tagsRemoved', 'undoes'])
    .where('doneAt', 'is', null)
    .where('stoppedAt', 'is', null)
    .orderBy('createdAt')
    .limit(openAtOnce)
    .execute()
}
export type OpenBulk = Awaited<ReturnType<typeof findOpenBulks>>[number]

/** The piece whose turn it is. */
export function findWaiting(db: Kysely<Database>, bulkId: string) {
  return db
    .selectFrom('bulkActRow')
    .select(['number', 'contentItemId', 'revision'])
    .where('bulkId', '=', bulkId)
    .where('outcome', '=', 'waiting')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
}
export type WaitingRow = NonNullable<Awaited<ReturnType<typeof findWaiting>>>

/** Locks it: one piece of it is done at a time, and none after it was stopped. */
export function lockBulk(trx: Transaction<Database>, bulkId: string) {
  return trx
    .selectFrom('bulkAct')
    .select(['personId', 'stoppedAt', 'doneAt'])
    .where('id', '=', bulkId)
    .forUpdate()
    .executeTakeFirst()
}

/** What somebody began, with each piece; undefined when they did not. */
export async function findBulk(db: Kysely<Database>, { bulkId, personId }: { bulkId: string; personId: string }) {
  const bulk = await db
    .selectFrom('bulkAct')
    .select(['id as bulkId', 'act', 'reason', 'createdAt', 'stoppedAt', 'doneAt', 'tagsAdded', 'tagsRemoved', 'undoes'])
    .where('id', '=', bulkId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  if (!bulk) return undefined
  const rows = await db
    .selectFrom('bulkActRow')
    .innerJoin('contentItem', 'contentItem.id', 'bulkActRow.contentItemId')
    .select(['contentItemId', 'contentItem.title', 'contentItem.version'])
    .select(['bulkActRow.outcome', 'bulkActRow.refusals', 'bulkActRow.problem', 'tagsBefore', 'tagsAfter'])
    .where('bulkId', '=', bulkId)
    .orderBy('number')
    .execute()
  return { ...bulk, rows }
}

/** What a change of tags left of one piece, and what it found: the other way round that is what takes it back. */
export function findTagged(db: Kysely<Database>, bulkId: string, contentItemId: string) {
  return db
    .selectFrom('bulkActRow')
    .select(['tagsBefore', 'tagsAfter'])
    .where('bulkId', '=', bulkId)
    .where('contentItemId', '=', contentItemId)
    .executeTakeFirstOrThrow()
}
