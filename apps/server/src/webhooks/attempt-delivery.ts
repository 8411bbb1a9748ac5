import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Actor, Deps } from '../deps.ts'
import { decideNext, type Next } from './decide-next.ts'
import type { Posted } from './post-out.ts'
import { signaturesOf } from './sign.ts'
import { tellOfWebhook } from './tell-of-webhook.ts'
import { findSecrets, type OpenDelivery, type OpenWebhook } from './webhook-queries.ts'

const actor: Actor = { kind: 'system', id: 'deliver-webhooks' }
type Tried = { at: Date; posted: Posted }

/**
 * One try of a delivery that the caller has claimed, and what came of it. Nothing is written before the receiver has
 * answered: a server that dies in between leaves the same event, under the same id, to the next.
 */
export async function attemptDelivery(deps: Deps, webhook: OpenWebhook, delivery: OpenDelivery): Promise<Tried> {
  const at = deps.now()
  const sealed = await findSecrets(deps.db, webhook.id, at)
  const { eventId: id, body } = delivery
  const timestamp = Math.floor(at.getTime() / 1_000)
  const signature = signaturesOf(
    sealed.map((one) => deps.secrets.unseal(one)),
    { id, timestamp, body },
  )
  const posted = await deps.post(webhook.url, {
    headers: {
      ...{ 'content-type': 'application/cloudevents+json; charset=utf-8', 'user-agent': 'Vouch' },
      ...{ 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature },
    },
    body,
  })
  const tries = delivery.attempts + 1
  const decided = decideNext(posted, { tries, now: deps.now(), chance: Math.random() })
  // A test is of this moment: nothing follows from it.
  const next: Next = delivery.kind === 'test' && decided.life !== 'delivered' ? { life: 'failed', off: null } : decided
  await record(deps, { webhook, delivery, at, posted, next })
  return { at, posted }
}

type Outcome = Tried & { webhook: OpenWebhook; delivery: OpenDelivery; next: Next }

/** Whoever no longer holds the delivery writes nothing: another has it in hand. */
async function record(deps: Deps, { webhook, delivery, at, posted, next }: Outcome): Promise<void> {
  const waits = next.life === 'waiting'
  await transact(deps.db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('webhookDelivery')
      .set({ life: next.life, attempts: delivery.attempts + 1, owner: null, ownedUntil: new Date(0) })
      .set(waits ? { runAt: next.runAt } : { settledAt: deps.now() })
      .where('id', '=', delivery.id)
      .where('owner', '=', delivery.owner)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const { status, problem, tookMs, answer } = posted
    const tried = { id: deps.newId(), deliveryId: delivery.id, at, status, problem, tookMs, answer }
    await trx.insertInto('webhookAttempt').values(tried).execute()
    if (waits && next.restUntil)
      await trx.updateTable('webhook').set({ restUntil: next.restUntil }).where('id', '=', webhook.id).execute()
    if (next.life !== 'failed' || !next.off) return
    const off = await trx
      .updateTable('webhook')
      .set({ life: 'off', problem: next.off })
      .where('id', '=', webhook.id)
      .where('life', 'in', ['on', 'paused'])
      .executeTakeFirst()
    if (off.numUpdatedRows === 0n) return
    await appendAudit(trx, deps.newId(), actor, deps.now(), {
      ...{ event: 'webhook.switched_off', subjectId: webhook.id },
      detail: { why: next.off, eventId: delivery.eventId, status },
    })
    await tellOfWebhook(trx, deps, { webhook, what: next.off })
  })
}
