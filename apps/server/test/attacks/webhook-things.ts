import type { TestServer } from '../test-server.ts'

/** A webhook that leads to where nobody listens, and a delivery that failed. */
export async function buildWebhookThings({ owner, deps }: TestServer, madeBy: string) {
  const [webhookId, deliveryId, at] = [deps.newId(), deps.newId(), deps.now()]
  await owner
    .insertInto('webhook')
    .values({
      ...{ id: webhookId, requestId: webhookId, name: '接口', url: 'http://127.0.0.1:9/', kinds: 'send.failed' },
      ...{ life: 'on', revision: 1, restUntil: at, againBefore: null, madeBy, madeAt: at },
    })
    .execute()
  const secret = { id: deps.newId(), webhookId, sealed: deps.secrets.seal('whsec_c2VjcmV0'), madeAt: at, endsAt: null }
  await owner.insertInto('webhookSecret').values(secret).execute()
  await owner
    .insertInto('webhookDelivery')
    .values({
      ...{ id: deliveryId, webhookId, eventId: deliveryId, kind: 'send.failed', subjectId: deliveryId, body: '{}' },
      ...{ life: 'failed', runAt: at, owner: null, ownedUntil: at, occurredAt: at, createdAt: at, settledAt: at },
    })
    .execute()
  return { webhookId, deliveryId }
}
