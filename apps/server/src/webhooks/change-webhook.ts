import type { Input, Output, webhookEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import type { Session } from '../people/sessions.ts'
import { checkUrl } from './check-url.ts'
import { describeWebhook } from './list-webhooks.ts'
import { tellOfWebhook } from './tell-of-webhook.ts'
import { lockWebhook } from './webhook-queries.ts'

type Endpoint = typeof webhookEndpoints.changeWebhook

/** Changes what a webhook is called, where it leads and what it is told, over what was seen. What waits goes to the new address. */
export async function changeWebhook(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const { webhookId: id, revision, name, url, kinds, reason } = asked
  const problem = checkUrl(url, deps.config.WEBHOOK_INSIDE_HOSTS)
  if (problem) return { outcome: 'refused', reason: problem }
  return transact(deps.db, async (trx) => {
    const before = await lockWebhook(trx, id)
    if (before.life === 'ended') throw new AppError('not_found')
    const same = before.name === name && before.url === url && before.kinds === kinds.join(',')
    if (same) return { outcome: 'done' as const }
    if (before.revision !== revision) return { outcome: 'overtaken' as const, webhook: await describeWebhook(trx, id) }
    await trx
      .updateTable('webhook')
      .set({ name, url, kinds: kinds.join(','), revision: revision + 1, restUntil: deps.now() })
      .where('id', '=', id)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'webhook.changed', subjectId: id, reason, after: { name, url, kinds } },
      before: { name: before.name, url: before.url, kinds: before.kinds.split(',') },
    })
    if (before.url !== url)
      await tellOfWebhook(trx, deps, { webhook: { id, name, url }, what: 'changed', by: me.personId })
    return { outcome: 'done' as const }
  })
}
