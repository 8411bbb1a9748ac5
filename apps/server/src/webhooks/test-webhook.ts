import type { Input, Output, webhookEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { bodyOf } from './collect-events.ts'
import { leaseFrom, lockWebhook } from './webhook-queries.ts'

type Endpoint = typeof webhookEndpoints.testWebhook

/** Sends a test now, also where a webhook is paused or switched off, and tells what came back. It is in the log like any other. */
export async function testWebhook(deps: Deps, me: Session, { webhookId }: Input<Endpoint>): Promise<Output<Endpoint>> {
  const at = deps.now()
  const [id, owner] = [deps.newId(), deps.newId()]
  const event = { eventId: `test-${id}`, kind: 'test', subjectId: webhookId, at }
  const body = bodyOf(deps, { ...event, data: { webhookId, result: 'test' } })
  const webhook = await transact(deps.db, async (trx) => {
    const found = await lockWebhook(trx, webhookId)
    if (found.life === 'ended') throw new AppError('not_found')
    const { at: occurredAt, ...told } = event
    const taken = { owner, ownedUntil: leaseFrom(at), life: 'waiting' as const, settledAt: null }
    await trx
      .insertInto('webhookDelivery')
      .values({ id, webhookId, ...told, body, ...taken, runAt: at, occurredAt, createdAt: at })
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'webhook.tested', subjectId: webhookId, detail: { eventId: event.eventId } },
    })
    return found
  })
  const delivery = { id, eventId: event.eventId, kind: 'test', body, attempts: 0, owner }
  const { posted } = await attemptDelivery(deps, webhook, delivery)
  const { status, problem, tookMs, answer } = posted
  return { at, status, problem, tookMs, answer }
}
