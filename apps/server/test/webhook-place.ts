import { randomUUID } from 'node:crypto'
import { repEndpoints, webhookEndpoints, webhookKinds, type AskedInput } from '@vouch/contract'
import { collectEvents } from '../src/webhooks/collect-events.ts'
import { deliverWebhooks } from '../src/webhooks/deliver-webhooks.ts'
import { buildOrdinary } from './builders.ts'
import type { Colleague } from './office.ts'
import { call, type TestServer } from './test-server.ts'

type Asked = AskedInput<typeof webhookEndpoints.makeWebhook>

/** A webhook that leads to this receiver, with its secret. */
export async function buildWebhook(server: TestServer, admin: Colleague, given: Partial<Asked> & { url: string }) {
  const asked = {
    requestId: randomUUID(),
    name: '数据平台',
    kinds: [...webhookKinds],
    reason: '接入数据平台',
    ...given,
  }
  const { body } = await call(server, admin.cookie, webhookEndpoints.makeWebhook, asked)
  return body as { outcome: string; webhookId: string; secret: string }
}

/** A send that the phone says went through: one fact that concerns others. */
export async function sendOnce(server: TestServer): Promise<{ sendId: string; factId: string }> {
  const { cookie, externalUserId, contentItemId } = await buildOrdinary(server)
  const { body: sent } = await call(server, cookie, repEndpoints.authoriseSend, {
    ...{ requestId: randomUUID(), externalUserId, contentItemId, kind: 'news', entry: 'single_chat_tools' },
  })
  const factId = randomUUID()
  await call(server, cookie, repEndpoints.recordFact, {
    ...{ sendId: sent.sendId, ticket: sent.ticket, kind: 'K', factId, clientAt: server.deps.now().toISOString() },
    ...{ digest: sent.digest, seenExternalUserId: externalUserId },
  })
  return { sendId: sent.sendId, factId }
}

/** What the jobs of a few seconds do. */
export async function runWebhookJobs(server: TestServer): Promise<void> {
  await collectEvents(server.deps)
  await deliverWebhooks(server.deps)
}

export const pass = (server: TestServer, ms: number): void =>
  void (server.clock.at = new Date(server.clock.at.getTime() + ms))

/** So many facts of one send. */
export async function addFacts(server: TestServer, count: number): Promise<void> {
  const { sendId } = await sendOnce(server)
  const fact = { sendId, kind: 'K' as const, author: 'rep', at: server.deps.now(), clientAt: null }
  const rows = Array.from({ length: count - 1 }, () => ({ ...fact, factId: randomUUID(), seenExternalUserId: null }))
  await server.db.insertInto('fact').values(rows).execute()
}
