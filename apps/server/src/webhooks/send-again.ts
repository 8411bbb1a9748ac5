import type { Input, Output, webhookEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { lockWebhook } from './webhook-queries.ts'

type One = typeof webhookEndpoints.sendDeliveryAgain
type All = typeof webhookEndpoints.sendFailedAgain
const atOnce = 500

/** Sends one delivery again under its own id, whatever came of it; its tries are counted anew. */
export async function sendDeliveryAgain(deps: Deps, me: Session, { deliveryId }: Input<One>): Promise<Output<One>> {
  return transact(deps.db, async (trx) => {
    const found = await trx
      .selectFrom('webhookDelivery')
      .innerJoin('webhook', 'webhook.id', 'webhookDelivery.webhookId')
      .select([
        'webhookDelivery.webhookId',
        'webhookDelivery.eventId',
        'webhookDelivery.life',
        'webhook.life as stands',
      ])
      .where('webhookDelivery.id', '=', deliveryId)
      .forUpdate()
      .executeTakeFirst()
    if (!found || found.stands === 'ended') throw new AppError('not_found')
    const at = deps.now()
    await trx
      .updateTable('webhookDelivery')
      .set({ life: 'waiting', runAt: at, ...(found.life === 'waiting' ? {} : { attempts: 0, settledAt: null }) })
      .where('id', '=', deliveryId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'webhook.sent_again', subjectId: found.webhookId, detail: { eventId: found.eventId } },
    })
    return { life: 'waiting' as const }
  })
}

/** Asks for everything that failed until now; `reviveFailed` does it. */
export async function sendFailedAgain(deps: Deps, me: Session, { webhookId }: Input<All>): Promise<Output<All>> {
  return transact(deps.db, async (trx) => {
    const { life } = await lockWebhook(trx, webhookId)
    if (life === 'ended') throw new AppError('not_found')
    const { failed } = await trx
      .selectFrom('webhookDelivery')
      .select((eb) => eb.fn.countAll<number>().as('failed'))
      .where('webhookId', '=', webhookId)
      .where('life', '=', 'failed')
      .where('kind', '<>', 'test')
      .executeTakeFirstOrThrow()
    const at = deps.now()
    await trx.updateTable('webhook').set({ againBefore: at }).where('id', '=', webhookId).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'webhook.sent_again', subjectId: webhookId, detail: { failed: Number(failed) } },
    })
    return { failed: Number(failed) }
  })
}

/** Job: what was asked to be sent again waits to be sent, so many at a time; a test is of its own moment and stays. */
export async function reviveFailed(deps: Deps): Promise<void> {
  const asked = await deps.db
    .selectFrom('webhook')
    .select(['id', 'againBefore'])
    .where('againBefore', 'is not', null)
    .where('life', '<>', 'ended')
    .execute()
  for (const { id, againBefore } of asked) {
    if (!againBefore) continue
    while ((await revive(deps, id, againBefore)) === atOnce) continue
    await deps.db
      .updateTable('webhook')
      .set({ againBefore: null })
      .where('id', '=', id)
      .where('againBefore', '=', againBefore)
      .execute()
  }
}

async function revive(deps: Deps, webhookId: string, before: Date): Promise<number> {
  const changed = await transact(deps.db, (trx) =>
    trx
      .updateTable('webhookDelivery')
      .set({ life: 'waiting', attempts: 0, runAt: deps.now(), settledAt: null })
      .where('webhookId', '=', webhookId)
      .where('life', '=', 'failed')
      .where('kind', '<>', 'test')
      .where('settledAt', '<=', before)
      .limit(atOnce)
      .executeTakeFirst(),
  )
  return Number(changed.numUpdatedRows)
}
