import { webhookKinds } from '@vouch/contract'
import type { Insertable } from 'kysely'
import type { WebhookSecretTable, WebhookTable } from '../db/tables/webhooks.ts'
import { idAt, type Known } from './known.ts'

/** The receiver of the demonstration, and its secret as the server seals it. */
export type DemoWebhook = { url: string; sealed: string }

/** A webhook that is told of all that happens from now on; its log fills as the demonstration is played. */
export function webhookRows(
  { world, now, personId }: Known,
  { url, sealed }: DemoWebhook,
): { webhook: Insertable<WebhookTable>; secret: Insertable<WebhookSecretTable> } {
  const admin = world.people.find(({ roles }) => roles.includes('system_admin'))
  const id = idAt(now)
  return {
    webhook: {
      ...{ id, requestId: id, name: '数据平台（示例）', url, kinds: webhookKinds.join(','), life: 'on', revision: 1 },
      ...{ restUntil: now, againBefore: null, madeBy: admin ? personId(admin.wecomUserId) : '', madeAt: now },
    },
    secret: { id, webhookId: id, sealed, madeAt: now, endsAt: null },
  }
}
