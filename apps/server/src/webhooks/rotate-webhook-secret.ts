import type { Input, Output, webhookEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import type { Session } from '../people/sessions.ts'
import { addSecret } from './make-webhook.ts'
import { lockWebhook } from './webhook-queries.ts'

type Endpoint = typeof webhookEndpoints.rotateWebhookSecret
/** As long the secrets of before sign beside the new one, so that a receiver changes over without losing anything. */
const besideMs = 24 * 3_600_000

/** A new secret, told this once. When the answer was lost it is asked for again: what the receiver knows still signs. */
export async function rotateWebhookSecret(
  deps: Deps,
  me: Session,
  { webhookId, reason }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  return transact(deps.db, async (trx) => {
    const { life } = await lockWebhook(trx, webhookId)
    if (life === 'ended') throw new AppError('not_found')
    const olderUntil = new Date(deps.now().getTime() + besideMs)
    await trx
      .updateTable('webhookSecret')
      .set({ endsAt: olderUntil })
      .where('webhookId', '=', webhookId)
      .where('endsAt', 'is', null)
      .execute()
    const secret = await addSecret(trx, deps, webhookId)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'webhook.secret_changed', subjectId: webhookId, reason },
      detail: { olderUntil: olderUntil.toISOString() },
    })
    return { secret, olderUntil }
  })
}
