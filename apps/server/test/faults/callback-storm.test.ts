import { sealCallback } from '@vouch/wecom/crypto'
import { rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { fakeCorp, startFakeWeCom, type FakeWeCom } from '../wecom/fake-server.ts'
import { addRep } from '../wecom/people.ts'
import { builtFolder, buildServer, startRealServer, type RealServer } from './real-server.ts'

const relations = 500
const changes = ['add_external_contact', 'edit_external_contact', 'edit_external_contact', 'edit_external_contact']
const connections = 12
let world: TestServer
let fake: FakeWeCom
let servers: RealServer[]
beforeAll(async () => {
  const program = buildServer()
  world = await startTestServer()
  fake = await startFakeWeCom()
  await addRep(world.owner, 'li.na', new Date())
  fake.state.members.set('li.na', 1)
  fake.state.follows = contacts.map((externalUserId) => ({
    ...{ userId: 'li.na', externalUserId, nickname: externalUserId, remark: '' },
  }))
  const settings = { WECOM_API_URL: fake.url, WECOM_AGENT_SECRET: fakeCorp.secret }
  servers = await Promise.all([1, 2].map(() => startRealServer(program, world, settings)))
})
afterAll(async () => {
  for (const server of servers) server.kill()
  await Promise.all(servers.map((server) => server.ended))
  await fake.stop()
  await world.stop()
  rmSync(builtFolder, { recursive: true, force: true })
})

const contacts = Array.from({ length: relations }, (_, nth) => `wm${nth}`)
const now = Math.floor(Date.now() / 1_000)
const messages = contacts.flatMap((externalUserId) =>
  changes.map(
    (change, nth) =>
      `<xml><ToUserName><![CDATA[${fakeCorp.corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>` +
      `<CreateTime>${now - nth}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event>` +
      `<ChangeType><![CDATA[${change}]]></ChangeType><UserID><![CDATA[li.na]]></UserID>` +
      `<ExternalUserID><![CDATA[${externalUserId}]]></ExternalUserID></xml>`,
  ),
)

/** The same every time, and like no order that anybody would expect. */
function shuffled<T>(all: readonly T[]): T[] {
  const [order, step] = [[...all], 7_919]
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = (place * step) % (place + 1)
    ;[order[place], order[other]] = [order[other]!, order[place]!]
  }
  return order
}

const agent = new Agent({ keepAlive: true, maxSockets: connections })
function deliver(xml: string, nth: number): Promise<number> {
  const { config } = world.deps
  const settings = {
    ...{ token: config.WECOM_CALLBACK_TOKEN, aesKey: config.WECOM_CALLBACK_AES_KEY, corpId: config.WECOM_CORP_ID },
  }
  const { query, body } = sealCallback(settings, xml, { timestamp: Math.floor(Date.now() / 1_000), nonce: String(nth) })
  const url = `${servers[nth % 2]!.url}/wecom/callback?${new URLSearchParams(query)}`
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST' }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('[F16] a storm of 2,000 messages, each delivered three times, in no order, to two servers', () => {
  const statuses = new Map<number, number>()
  let stored = 0
  beforeAll(async () => {
    const waiting = shuffled([...messages, ...messages, ...messages]).entries()
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (const [nth, xml] of waiting) {
          const status = await deliver(xml, nth)
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }
      }),
    )
    stored = await countEvents()
  })
  beforeAll(async () => {
    while ((await countEvents('waiting')) > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  })

  it('is answered 200 throughout, and each message is one row', () => {
    expect([...statuses]).toEqual([[200, messages.length * 3]])
    expect(stored).toBe(messages.length)
  })

  it('has the effect of each of its messages once', async () => {
    const settled = await world.owner
      .selectFrom('callbackEvent')
      .select((eb) => ['outcome', 'attempts', eb.fn.countAll<number>().as('events')])
      .groupBy(['outcome', 'attempts'])
      .execute()
    expect(settled.map((row) => ({ ...row, events: Number(row.events) }))).toEqual([
      { outcome: 'done', attempts: 1, events: messages.length },
    ])
    const entries = await world.owner
      .selectFrom('auditEntry')
      .select('subjectId')
      .where('event', '=', 'contact.followed')
      .execute()
    expect(entries.map((entry) => entry.subjectId).toSorted()).toEqual(contacts.toSorted())
  })
})

async function countEvents(which: 'all' | 'waiting' = 'all'): Promise<number> {
  const row = await world.owner
    .selectFrom('callbackEvent')
    .select((eb) => eb.fn.countAll<number>().as('events'))
    .$if(which === 'waiting', (rows) => rows.where('settledAt', 'is', null))
    .executeTakeFirstOrThrow()
  return Number(row.events)
}
