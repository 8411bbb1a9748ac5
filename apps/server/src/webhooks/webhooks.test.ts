import { randomBytes, randomUUID } from 'node:crypto'
import { settingsEndpoints, webhookEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { isSignedBy, startReceiver, type Receiver } from '../../test/receiver.ts'
import { call, startTestServer, type TestServer } from '../../test/test-server.ts'
import { buildWebhook, pass, runWebhookJobs, sendOnce } from '../../test/webhook-place.ts'
import { createSecrets } from '../secrets.ts'
import { rotateKeys } from '../upkeep/rotate-keys.ts'
import { forgetDeliveries } from './forget-deliveries.ts'

let server: TestServer
let receiver: Receiver
let admin: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.stop()
  await server.stop()
})
beforeEach(async () => {
  for (const table of ['webhook', 'webhookSecret', 'webhookDelivery', 'auditEntry', 'outbox', 'fact'] as const)
    await server.owner.deleteFrom(table).execute()
  receiver.received.length = 0
  admin = await buildColleague(server, 'system_admin')
})

const { changeWebhook, listWebhooks, loadWebhook, makeWebhook, rotateWebhookSecret, turnWebhook } = webhookEndpoints
const make = (given = {}) => buildWebhook(server, admin, { url: receiver.url, ...given })
const ask = async (endpoint: Parameters<typeof call>[2], input: object, who = admin) =>
  (await call(server, who.cookie, endpoint, input as never)).body
const load = (webhookId: string) => ask(loadWebhook, { webhookId })
const turn = (webhookId: string, how: 'pause' | 'resume' | 'end') =>
  ask(turnWebhook, { webhookId, turn: how, reason: '维护窗口' })
const trail = (subjectId: string) =>
  server.db
    .selectFrom('auditEntry')
    .select(['event', 'actorId', 'reason', 'detail'])
    .where('subjectId', '=', subjectId)
    .orderBy('id')
    .execute()
const reason = '对方系统换了地址'

describe('a webhook', () => {
  it('is made once however often it is asked for, and its secret is told once', async () => {
    const asked = { requestId: randomUUID(), name: '数据平台', url: receiver.url, kinds: ['send.recorded'], reason }
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(makeWebhook, asked)))
    const secrets = answers.flatMap(({ secret }) => secret ?? [])
    expect(new Set(answers.map(({ webhookId }) => webhookId)).size).toBe(1)
    expect(secrets).toEqual([expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)])
    const [{ webhookId }] = answers as [{ webhookId: string }]
    expect(await trail(webhookId)).toMatchObject([{ event: 'webhook.made', actorId: admin.id, reason }])
    const other = await buildColleague(server, 'system_admin')
    expect((await ask(makeWebhook, { ...asked, name: '别的' })).error).toBe('request_id_reused')
    expect((await ask(makeWebhook, asked, other)).error).toBe('request_id_reused')
  })

  it('is told to the other administrators, and so is another address', async () => {
    const other = await buildColleague(server, 'security_admin')
    const { webhookId } = await make()
    const { webhook } = await load(webhookId)
    const change = { webhookId, revision: 1, kinds: webhook.kinds, reason }
    await ask(changeWebhook, { ...change, name: '改名', url: receiver.url })
    await ask(changeWebhook, { ...change, revision: 2, name: '改名', url: 'https://new.example.com/in' })
    const told = await server.db.selectFrom('outbox').select('toPerson').where('kind', '=', 'webhook').execute()
    expect(told.map(({ toPerson }) => toPerson).filter((id) => id === other.id)).toHaveLength(2)
    expect(told.some(({ toPerson }) => toPerson === admin.id)).toBe(false)
  })

  it('is changed over what was seen; a slower one is shown what stands there', async () => {
    const { webhookId } = await make()
    const change = { webhookId, revision: 1, name: '甲', url: receiver.url, kinds: ['send.failed'], reason }
    expect(await ask(changeWebhook, change)).toEqual({ outcome: 'done' })
    expect(await ask(changeWebhook, change)).toEqual({ outcome: 'done' })
    expect(await ask(changeWebhook, { ...change, name: '乙' })).toMatchObject({
      ...{ outcome: 'overtaken', webhook: { name: '甲', revision: 2 } },
    })
    const [, entry] = await trail(webhookId)
    expect(entry?.detail).toMatchObject({ before: { name: '数据平台' }, after: { name: '甲', kinds: ['send.failed'] } })
  })

  it('never leads into the own network, whether made or changed', async () => {
    const { webhookId } = await make()
    const said = { name: '甲', url: 'https://169.254.169.254/latest', kinds: ['send.failed'], reason }
    const refused = { outcome: 'refused', reason: 'blocked_address' }
    expect(await ask(makeWebhook, { ...said, requestId: randomUUID() })).toEqual(refused)
    expect(await ask(changeWebhook, { ...said, webhookId, revision: 1 })).toEqual(refused)
    expect((await load(webhookId)).webhook.url).toBe(receiver.url)
  })

  it('waits while it is paused, goes on, and ends for good', async () => {
    const { webhookId } = await make()
    expect(await turn(webhookId, 'pause')).toEqual({ life: 'paused' })
    await sendOnce(server)
    await runWebhookJobs(server)
    expect([receiver.received.length, (await load(webhookId)).webhook.waiting]).toEqual([0, 1])
    await turn(webhookId, 'resume')
    await runWebhookJobs(server)
    expect(receiver.received).toHaveLength(1)
    expect(await turn(webhookId, 'end')).toEqual({ life: 'ended' })
    expect(await turn(webhookId, 'resume')).toEqual({ life: 'ended' })
    await sendOnce(server)
    await runWebhookJobs(server)
    expect(receiver.received).toHaveLength(1)
    for (const endpoint of [rotateWebhookSecret, webhookEndpoints.testWebhook, webhookEndpoints.sendFailedAgain])
      expect((await ask(endpoint, { webhookId, ...(endpoint === rotateWebhookSecret && { reason }) })).error).toBe(
        'not_found',
      )
    expect((await ask(listWebhooks, {})).rows).toEqual([])
    expect((await ask(listWebhooks, { show: 'ended' })).rows).toMatchObject([{ webhookId, life: 'ended' }])
  })

  it('is one of twenty at most', async () => {
    for (let made = 0; made < 20; made += 1) await make()
    expect(await make()).toEqual({ outcome: 'refused', reason: 'too_many' })
  })
})

describe('who may', () => {
  it.each(['security_admin', 'compliance', 'compliance_officer', 'auditor'])(
    '%s looks and changes nothing',
    async (role) => {
      const { webhookId } = await make()
      const who = await buildColleague(server, role)
      expect(await ask(listWebhooks, {}, who)).toMatchObject({ rows: [{ webhookId }], mayChange: false })
      expect((await ask(loadWebhook, { webhookId }, who)).mayChange).toBe(false)
      expect((await ask(turnWebhook, { webhookId, turn: 'end', reason }, who)).error).toBe('wrong_role')
    },
  )

  it('a system administrator who proved minutes ago who they are; an old session is asked first', async () => {
    const { webhookId } = await make()
    pass(server, 11 * 60_000)
    const url = receiver.url
    for (const [endpoint, input] of [
      [makeWebhook, { requestId: randomUUID(), name: '乙', url, kinds: ['send.failed'], reason }],
      [changeWebhook, { webhookId, revision: 1, name: '乙', url, kinds: ['send.failed'], reason }],
      [rotateWebhookSecret, { webhookId, reason }],
      [turnWebhook, { webhookId, turn: 'end', reason }],
    ] as const)
      expect((await ask(endpoint, input)).error).toBe('proof_needed')
    expect(await trail(webhookId)).toHaveLength(1)
  })
})

describe('its secret', () => {
  it('signs beside the one before it for a day, however often it is changed', async () => {
    const { webhookId, secret: first } = await make()
    const second = await ask(rotateWebhookSecret, { webhookId, reason })
    const third = await ask(rotateWebhookSecret, { webhookId, reason })
    expect(third.olderUntil).toBe(new Date(server.clock.at.getTime() + 86_400_000).toISOString())
    const signs = async () => {
      await sendOnce(server)
      await runWebhookJobs(server)
      const last = receiver.received.at(-1)!
      return [first, second.secret, third.secret].map((secret) => isSignedBy(secret, last))
    }
    expect(await signs()).toEqual([true, true, true])
    pass(server, 86_400_001)
    expect(await signs()).toEqual([false, false, true])
    await forgetDeliveries(server.deps)
    expect(await server.owner.selectFrom('webhookSecret').select('id').execute()).toHaveLength(1)
  })

  it('is sealed, still signs when our own keys are changed, and stands in no answer, entry, message or line of the log', async () => {
    const { webhookId, secret } = await make()
    const { secret: second } = await ask(rotateWebhookSecret, { webhookId, reason })
    await sendOnce(server)
    await runWebhookJobs(server)
    await ask(webhookEndpoints.testWebhook, { webhookId })
    const answers = [
      ...[
        await load(webhookId),
        await ask(listWebhooks, {}),
        await ask(webhookEndpoints.listDeliveries, { webhookId }),
      ],
      ...[await ask(settingsEndpoints.listSecrets, {}), server.logged, receiver.received.map(({ body }) => body)],
      await server.owner.selectFrom('auditEntry').selectAll().execute(),
      await server.owner.selectFrom('outbox').selectAll().execute(),
      await server.owner.selectFrom('webhookSecret').selectAll().execute(),
      await server.owner.selectFrom('webhookDelivery').selectAll().execute(),
    ]
    for (const one of [secret, second]) expect(JSON.stringify(answers)).not.toContain(one.slice(6, 30))

    const key = randomBytes(36).toString('base64')
    await rotateKeys(server.deps, { key, old: server.deps.config.SECRET_KEY, leaked: false })
    await sendOnce(server)
    const restarted = { ...server, deps: { ...server.deps, secrets: createSecrets(key) } }
    await runWebhookJobs(restarted)
    expect(isSignedBy(second, receiver.received.at(-1)!)).toBe(true)
    expect(receiver.received).toHaveLength(3)
  })
})

describe('the secrets of the server', () => {
  it('are told by name alone, with what the check found last', async () => {
    const { secrets } = await ask(settingsEndpoints.listSecrets, {})
    expect(secrets).toHaveLength(8)
    const found = (name: string) => secrets.find((one: { name: string }) => one.name === name)
    expect(found('SECRET_KEY')).toEqual({
      ...{
        name: 'SECRET_KEY',
        isSet: true,
        checkId: 'cfg.secrets',
        change: 'new_keys',
        outcome: null,
        checkedAt: null,
      },
    })
    expect(found('VAULT_PASSWORD')).toMatchObject({ isSet: false, checkId: 'vault.sign_in' })
    const text = JSON.stringify(secrets)
    const { SECRET_KEY, WECOM_AGENT_SECRET, WECOM_CALLBACK_TOKEN, WECOM_CALLBACK_AES_KEY, DATABASE_URL } =
      server.deps.config
    for (const value of [SECRET_KEY, WECOM_AGENT_SECRET, WECOM_CALLBACK_TOKEN, WECOM_CALLBACK_AES_KEY, DATABASE_URL])
      expect(text).not.toContain(value)
  })
})
