import { randomUUID } from 'node:crypto'
import { webhookEndpoints, withdrawalEndpoints } from '@vouch/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildPiece, giveConsent } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { isSignedBy, startReceiver, type Receiver } from '../../test/receiver.ts'
import { addFact } from '../../test/report-world.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { addFacts, buildWebhook, pass, runWebhookJobs, sendOnce } from '../../test/webhook-place.ts'
import { transact } from '../db/database.ts'
import { collectEvents } from './collect-events.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { forgetDeliveries } from './forget-deliveries.ts'
import { reviveFailed } from './send-again.ts'

let server: TestServer
let receiver: Receiver
let admin: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
const emptied = [
  ...(['webhook', 'webhookSecret', 'webhookDelivery', 'webhookAttempt', 'job', 'outbox'] as const),
  ...(['fact', 'send', 'auditEntry', 'consent'] as const),
]
beforeEach(async () => {
  for (const table of emptied) await server.owner.deleteFrom(table).execute()
  server.clock.at = morning
  receiver = await startReceiver()
  admin = await buildColleague(server, 'system_admin')
})
afterEach(() => receiver.stop())

const { listDeliveries, loadWebhook, sendDeliveryAgain, sendFailedAgain, testWebhook } = webhookEndpoints
const make = (given = {}) => buildWebhook(server, admin, { url: receiver.url, ...given })
const logOf = async (webhookId: string, given = {}) =>
  (await call(server, admin.cookie, listDeliveries, { webhookId, ...given })).body.rows
const lookAt = async (webhookId: string) => (await call(server, admin.cookie, loadWebhook, { webhookId })).body.webhook
const run = () => runWebhookJobs(server)
const bodies = () => receiver.received.map(({ body }) => JSON.parse(body))

describe('what happens', () => {
  it('leaves as a signed CloudEvent with ids and outcomes, once', async () => {
    const { webhookId, secret } = await make()
    const { sendId, factId } = await sendOnce(server)
    await run()
    await run()
    const [came] = receiver.received
    expect(receiver.received).toHaveLength(1)
    expect(isSignedBy(secret, came!)).toBe(true)
    expect(isSignedBy(`whsec_${Buffer.alloc(32).toString('base64')}`, came!)).toBe(false)
    expect(came?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
    expect(Number(came?.headers['webhook-timestamp'])).toBe(Math.floor(server.clock.at.getTime() / 1_000))
    const id = `send-${sendId}-K-${factId}`
    expect(came?.headers['webhook-id']).toBe(id)
    expect(JSON.parse(came!.body)).toMatchObject({
      ...{ specversion: '1.0', id, source: 'http://vouch.test', type: 'cn.vouch.send.recorded.v1', subject: sendId },
      data: { sendId, result: 'client_ok', version: 1 },
    })
    expect(await logOf(webhookId)).toMatchObject([
      { eventId: id, life: 'delivered', attempts: [{ status: 200, answer: 'thanks', problem: '' }] },
    ])
  })

  it('is told of consents, pieces taken back, contacts that are known now and openings, and names nobody', async () => {
    const canaries = { name: '陈卡纳里', licenceNumber: '110canary000' }
    await make()
    const accountId = await buildAccount(server, { ...canaries, externalId: 'H-77' })
    await giveConsent(server, accountId, 'opted_out', server.clock.at)
    const { sendId } = await sendOnce(server)
    const at = server.clock.at
    await server.db
      .insertInto('fact')
      .values({ sendId, kind: 'O', factId: sendId, author: 'x', at, clientAt: null, seenExternalUserId: 'wm-canary' })
      .execute()
    const officer = await buildColleague(server, 'compliance_officer')
    const contentItemId = await buildPiece(server, { title: '卡纳里研究' })
    await call(server, officer.cookie, withdrawalEndpoints.withdrawContent, {
      ...{ requestId: randomUUID(), contentItemId, reason: '安全性信息更新 canary', successorId: null },
    })
    await server.db
      .insertInto('auditEntry')
      .values({
        ...{ id: server.deps.newId(), at, actorKind: 'rep', actorId: 'r', event: 'contact.matched' },
        ...{ subjectId: 'wm-canary', accountId, reason: null, detail: '{}' },
      })
      .execute()
    await run()
    const told = bodies()
    expect(told.map(({ type }) => type).toSorted()).toEqual([
      ...['consent.changed', 'content.opened', 'content.withdrawn', 'hcp.linked', 'send.recorded'].map(
        (kind) => `cn.vouch.${kind}.v1`,
      ),
    ])
    expect(told.find(({ type }) => type.includes('consent'))?.data).toMatchObject({
      ...{ accountId, hcpCode: 'H-77', result: 'opted_out', purpose: 'receive' },
    })
    expect(told.find(({ type }) => type.includes('withdrawn'))?.subject).toBe(contentItemId)
    expect(JSON.stringify(told)).not.toMatch(/canary|卡纳里/)
  })

  it('before there was the webhook, or of another kind, is not told', async () => {
    await sendOnce(server)
    pass(server, 1)
    await make()
    const { webhookId } = await make({ kinds: ['consent.changed'] })
    await run()
    await sendOnce(server)
    await run()
    expect(receiver.received).toHaveLength(1)
    expect(await logOf(webhookId)).toEqual([])
  })

  it('and is committed late, behind what was already told, is not lost', async () => {
    await make()
    const { sendId } = await sendOnce(server)
    const at = new Date(server.clock.at.getTime() + 1)
    let commit = (): void => {}
    const held = new Promise<void>((resolve) => void (commit = resolve))
    const slow = transact(server.db, async (trx) => {
      await trx
        .insertInto('fact')
        .values({ sendId, kind: 'T', factId: 'T', author: 'system', at, clientAt: null, seenExternalUserId: null })
        .execute()
      await held
    })
    pass(server, 12_000)
    await sendOnce(server)
    await run()
    expect(receiver.received).toHaveLength(2)
    commit()
    await slow
    await run()
    expect(bodies().map(({ data }) => data.result)).toEqual(['client_ok', 'client_ok', 'unknown'])
  })
})

describe('a receiver that does not take it', () => {
  it('is tried again under the same id with a new time, until it does', async () => {
    const { webhookId, secret } = await make()
    await sendOnce(server)
    receiver.answersWith(500)
    await run()
    pass(server, 4_000)
    await run()
    expect(receiver.received).toHaveLength(1)
    pass(server, 2_000)
    receiver.answersWith(200)
    await run()
    const [first, second] = receiver.received
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    expect(second?.body).toBe(first?.body)
    expect(Number(second?.headers['webhook-timestamp'])).toBe(Number(first?.headers['webhook-timestamp']) + 6)
    expect(isSignedBy(secret, second!)).toBe(true)
    expect(await logOf(webhookId)).toMatchObject([
      { life: 'delivered', nextAt: null, attempts: [{ status: 200 }, { status: 500, answer: 'said 500' }] },
    ])
  })

  it('is switched off after the last try and administrators are told; switched on, what waited goes', async () => {
    const { webhookId } = await make()
    const other = await buildColleague(server, 'security_admin')
    const { sendId } = await sendOnce(server)
    receiver.answersWith(301, { location: 'https://elsewhere.example/' })
    for (let tries = 0; tries < 12; tries += 1) {
      await run()
      pass(server, 27 * 3_600_000)
    }
    expect(receiver.received).toHaveLength(10)
    await signInAgain()
    expect(await lookAt(webhookId)).toMatchObject({ life: 'off', problem: 'gave_up', failed: 1 })
    const told = await server.db
      .selectFrom('outbox')
      .select(['toPerson', 'body'])
      .where('kind', '=', 'webhook')
      .execute()
    const gaveUp = told.filter(({ body }) => body.includes('已停用')).map(({ toPerson }) => toPerson)
    expect(gaveUp).toEqual(expect.arrayContaining([admin.id, other.id]))
    await addFact(server, sendId, 'T', server.clock.at)
    await run()
    expect(receiver.received).toHaveLength(10)
    expect(await lookAt(webhookId)).toMatchObject({ waiting: 1 })
    receiver.answersWith(200)
    const back = admin.cookie
    await call(server, back, webhookEndpoints.turnWebhook, { webhookId, turn: 'resume', reason: '已修好' })
    await call(server, back, sendFailedAgain, { webhookId })
    await reviveFailed(server.deps)
    await run()
    expect(receiver.received).toHaveLength(12)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
  })

  it('and says 410 is switched off at once', async () => {
    const { webhookId } = await make()
    await sendOnce(server)
    receiver.answersWith(410)
    await run()
    pass(server, 60_000)
    await sendOnce(server)
    await run()
    expect(receiver.received).toHaveLength(1)
    expect(await lookAt(webhookId)).toMatchObject({ life: 'off', problem: 'gone', failed: 1, waiting: 1 })
    const entries = await server.db
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', webhookId)
      .execute()
    expect(entries.map(({ event }) => event)).toEqual(['webhook.made', 'webhook.switched_off'])
  })

  it('and says when to come back is left alone until then, with all that waits', async () => {
    await make()
    await sendOnce(server)
    receiver.answersWith(429, { 'retry-after': '600' })
    await run()
    await sendOnce(server)
    receiver.answersWith(200)
    pass(server, 590_000)
    await run()
    expect(receiver.received).toHaveLength(1)
    pass(server, 20_000)
    await run()
    expect(receiver.received).toHaveLength(3)
  })

  it('and is slow holds up no other', async () => {
    const quick = await startReceiver()
    let release = (): void => {}
    const held = new Promise<void>((resolve) => void (release = resolve))
    receiver.answers((response) => void held.then(() => response.end()))
    await make()
    await make({ url: quick.url })
    await sendOnce(server)
    await collectEvents(server.deps)
    const delivering = deliverWebhooks(server.deps)
    await expect.poll(() => quick.received.length).toBe(1)
    await sendOnce(server)
    await collectEvents(server.deps)
    await expect.poll(() => quick.received.length, { timeout: 5_000 }).toBe(2)
    release()
    await delivering
    await quick.stop()
    expect(receiver.received.length).toBeGreaterThanOrEqual(1)
  })
})

describe('any number of workers', () => {
  it('send each thing once, ten at a time, and owe it once', async () => {
    const { webhookId } = await make()
    await addFacts(server, 6)
    await Promise.all(Array.from({ length: 10 }, () => collectEvents(server.deps)))
    await Promise.all(Array.from({ length: 10 }, () => deliverWebhooks(server.deps)))
    expect(receiver.received).toHaveLength(6)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(6)
    const log = await logOf(webhookId)
    expect(log.map(({ attempts }: { attempts: unknown[] }) => attempts.length)).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('may die between sending and writing it down: it is sent again under the same id', async () => {
    const { webhookId } = await make()
    await sendOnce(server)
    await collectEvents(server.deps)
    const dies = { ...server.deps, post: async (...asked: Parameters<typeof server.deps.post>) => {
      await server.deps.post(...asked)
      throw new Error('killed')
    } } // prettier-ignore
    await expect(deliverWebhooks(dies)).rejects.toThrow('killed')
    await run()
    expect(receiver.received).toHaveLength(1)
    pass(server, 61_000)
    await run()
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[1]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id'])
    expect(await logOf(webhookId)).toMatchObject([{ life: 'delivered', attempts: [{ status: 200 }] }])
  })
})

describe('by hand', () => {
  it('a test goes now, says what came back, and changes nothing of the webhook', async () => {
    const { webhookId, secret } = await make()
    receiver.answersWith(410)
    const tested = async () => (await call(server, admin.cookie, testWebhook, { webhookId })).body
    expect(await tested()).toMatchObject({ status: 410, answer: 'said 410', problem: '' })
    await receiver.stop()
    expect(await tested()).toMatchObject({ status: null, problem: 'unreachable', answer: '' })
    expect(isSignedBy(secret, receiver.received[0]!)).toBe(true)
    expect(bodies()[0].type).toBe('cn.vouch.test.v1')
    await run()
    expect(receiver.received).toHaveLength(1)
    expect(await lookAt(webhookId)).toMatchObject({ life: 'on', waiting: 0, failed: 0 })
    expect(await logOf(webhookId, { kind: 'test' })).toHaveLength(2)
    receiver = await startReceiver()
  })

  it('one delivery is sent again under its id, also one that arrived', async () => {
    const { webhookId } = await make()
    await sendOnce(server)
    await run()
    const [{ deliveryId }] = await logOf(webhookId, { life: 'delivered' })
    const asked = await call(server, admin.cookie, sendDeliveryAgain, { deliveryId })
    expect(asked.body).toEqual({ life: 'waiting' })
    await run()
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body)
    const unknown = await call(server, admin.cookie, sendDeliveryAgain, { deliveryId: webhookId })
    expect(unknown.body.error).toBe('not_found')
  })
})

describe('the log', () => {
  it('is read page after page and forgotten after thirty days; what waits is not', async () => {
    const { webhookId } = await make()
    const { webhookId: paused } = await make()
    await call(server, admin.cookie, webhookEndpoints.turnWebhook, {
      webhookId: paused,
      turn: 'pause',
      reason: '维护中',
    })
    await addFacts(server, 32)
    await run()
    const page = (await call(server, admin.cookie, listDeliveries, { webhookId })).body
    const rest = (await call(server, admin.cookie, listDeliveries, { webhookId, cursor: page.next })).body
    expect([page.rows.length, rest.rows.length, rest.next]).toEqual([30, 2, null])
    pass(server, 29 * 86_400_000)
    await forgetDeliveries(server.deps)
    expect(await count('webhookAttempt')).toBe(32)
    pass(server, 2 * 86_400_000)
    await forgetDeliveries(server.deps)
    expect([await count('webhookAttempt'), await count('webhookDelivery')]).toEqual([0, 32])
    const cookie = await signInAgain()
    await call(server, cookie, webhookEndpoints.turnWebhook, { webhookId: paused, turn: 'end', reason: '不再需要' })
    await forgetDeliveries(server.deps)
    expect([await count('webhookDelivery'), await count('webhookSecret')]).toEqual([0, 1])
  })
})

async function count(table: 'webhookAttempt' | 'webhookDelivery' | 'webhookSecret'): Promise<number> {
  const rows = await server.owner.selectFrom(table).select('id').execute()
  return rows.length
}

/** Days went by: whoever comes back signs in anew. */
async function signInAgain(): Promise<string> {
  admin = { ...admin, cookie: await server.signIn(admin.id, 'console') }
  return admin.cookie
}
