import type { Input, Output, webhookEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import type { Session } from '../people/sessions.ts'
import { lockWebhook } from './webhook-queries.ts'

type Endpoint = typeof webhookEndpoints.turnWebhook

const turns = {
  pause: { from: ['on'], life: 'paused', event: 'webhook.paused' },
  resume: { from: ['paused', 'off'], life: 'on', event: 'webhook.resumed' },
  end: { from: ['on', 'paused', 'off'], life: 'ended', event: 'webhook.ended' },
} as const

/** Pauses, switches on again or ends a webhook. While it is not on, what happens waits; what has ended never goes on. */
export async function turnWebhook(
  deps: Deps,
  me: Session,
  { webhookId, turn, reason }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const { from, life, event } = turns[turn]
  return transact(deps.db, async (trx) => {
    const before = await lockWebhook(trx, webhookId)
    if (!from.some((one) => one === before.life)) return { life: before.life }
    await trx
      .updateTable('webhook')
      .set({ life, problem: '', restUntil: deps.now() })
      .where('id', '=', webhookId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event, subjectId: webhookId, reason, before: { life: before.life }, after: { life } },
    })
    return { life }
  })
}
