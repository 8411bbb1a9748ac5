import type { Kysely, Transaction } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'

/** Those that are told of what happens from now on; of a paused one it waits. */
export const findStanding = (db: Kysely<Database>) =>
  db.selectFrom('webhook').select(['id', 'kinds', 'madeAt', 'againBefore']).where('life', '<>', 'ended').execute()
export type Standing = Awaited<ReturnType<typeof findStanding>>[number]

/** Locks one that has not ended. */
export async function lockWebhook(trx: Transaction<Database>, webhookId: string) {
  const found = await trx
    .selectFrom('webhook')
    .select(['id', 'name', 'url', 'kinds', 'life', 'problem', 'revision'])
    .where('id', '=', webhookId)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw new AppError('not_found')
  return found
}

/** What signs now, the newest first. */
export async function findSecrets(db: Kysely<Database>, webhookId: string, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('webhookSecret')
    .select('sealed')
    .where('webhookId', '=', webhookId)
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', now)]))
    .orderBy('madeAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ sealed }) => sealed)
}

/** A server that died with deliveries in hand leaves them to the next after this; no try takes as long. */
const leaseMs = 60_000
/** Tried side by side for one webhook. */
const atOnce = 5

export const leaseFrom = (now: Date): Date => new Date(now.getTime() + leaseMs)

/** Webhooks that are on, and whether one has something to be sent now. */
export async function findOpen(db: Kysely<Database>, now: Date): Promise<{ ids: string[]; due: boolean }> {
  const rows = await db
    .selectFrom('webhook')
    .select((eb) => [
      'id',
      eb
        .exists(
          eb
            .selectFrom('webhookDelivery')
            .select('webhookDelivery.id')
            .whereRef('webhookDelivery.webhookId', '=', 'webhook.id')
            .where('webhookDelivery.life', '=', 'waiting')
            .where('webhookDelivery.runAt', '<=', now)
            .where('webhookDelivery.ownedUntil', '<=', now),
        )
        .as('due'),
    ])
    .where('life', '=', 'on')
    .where('restUntil', '<=', now)
    .execute()
  return { ids: rows.map(({ id }) => id), due: rows.some(({ due }) => Boolean(due)) }
}

/** Takes deliveries that are due, the oldest first; each belongs to one taker at a time. */
export async function claimDeliveries(
  db: Kysely<Database>,
  webhookId: string,
  { owner, now }: { owner: string; now: Date },
) {
  const webhook = await db
    .selectFrom('webhook')
    .select(['id', 'name', 'url'])
    .where('id', '=', webhookId)
    .where('life', '=', 'on')
    .where('restUntil', '<=', now)
    .executeTakeFirst()
  if (!webhook) return undefined
  const taken = await transact(db, (trx) =>
    trx
      .updateTable('webhookDelivery')
      .set({ owner, ownedUntil: leaseFrom(now) })
      .where('webhookId', '=', webhookId)
      .where('life', '=', 'waiting')
      .where('runAt', '<=', now)
      .where('ownedUntil', '<=', now)
      .orderBy('runAt')
      .orderBy('id')
      .limit(atOnce)
      .executeTakeFirst(),
  )
  if (taken.numUpdatedRows === 0n) return undefined
  const deliveries = await db
    .selectFrom('webhookDelivery')
    .select(['id', 'eventId', 'kind', 'body', 'attempts'])
    .where('webhookId', '=', webhookId)
    .where('life', '=', 'waiting')
    .where('owner', '=', owner)
    .execute()
  return { webhook, deliveries: deliveries.map((delivery) => ({ ...delivery, owner })) }
}
type Claimed = NonNullable<Awaited<ReturnType<typeof claimDeliveries>>>
export type OpenWebhook = Claimed['webhook']
export type OpenDelivery = Claimed['deliveries'][number]
