import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'

/** How long the delivery log is kept; what it told of stays where it was recorded. */
const keptMs = 30 * 86_400_000
const atOnce = 500
const longestMs = 50_000

/**
 * Job: removes deliveries that were settled long ago with their tries, the oldest first, whatever an ended webhook still owed,
 * and secrets that no longer sign. What waits for a webhook that stands is kept however long it waits.
 */
export async function forgetDeliveries({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const ended = await db.selectFrom('webhook').select('id').where('life', '=', 'ended').execute()
  const over = ended.map(({ id }) => id)
  await db
    .deleteFrom('webhookSecret')
    .where((eb) => eb.or([eb('endsAt', '<=', now()), ...(over.length > 0 ? [eb('webhookId', 'in', over)] : [])]))
    .execute()
  const before = new Date(now().getTime() - keptMs)
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) {
    const rows = await db
      .selectFrom('webhookDelivery')
      .select('id')
      .where((eb) =>
        eb.or([
          eb('settledAt', '<', before),
          ...(over.length > 0 ? [eb.and([eb('webhookId', 'in', over), eb('life', '=', 'waiting')])] : []),
        ]),
      )
      .limit(atOnce)
      .execute()
    const ids = rows.map(({ id }) => id).toSorted()
    if (ids.length > 0)
      await transact(db, async (trx) => {
        await trx.deleteFrom('webhookAttempt').where('deliveryId', 'in', ids).execute()
        await trx.deleteFrom('webhookDelivery').where('id', 'in', ids).execute()
      })
    if (ids.length < atOnce) return
  }
}
