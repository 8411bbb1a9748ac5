import { sealCallback, sealUrlCheck, type SealedCallback } from '@vouch/wecom/crypto'
import Koa from 'koa'
import { createCipheriv, createHash } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callbackSettings, setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { addRep, auditOf, clear } from '../../test/wecom/people.ts'
import { settleCallbackEvents } from '../contacts/settle-callback-events.ts'
import { answerErrors } from './errors.ts'
import { wecomCallback } from './wecom-callback.ts'

let bench: Bench
let servers: Server[]
let addresses: string[]
beforeAll(async () => {
  bench = await setUpBench()
  servers = await Promise.all([0, 1].map(() => listen()))
  addresses = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/callback`)
})
afterAll(async () => {
  for (const server of servers) server.closeAllConnections()
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  await bench.tearDown()
})
beforeEach(async () => {
  bench.fake.reset()
  bench.log.length = 0
  await clear(bench.db)
  await addRep(bench.db, 'li.na', bench.now())
})

function listen(): Promise<Server> {
  const deps = bench.instance()
  const app = new Koa()
  app.use(answerErrors(deps))
  app.use(wecomCallback(deps).routes())
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const stamp = (secondsAgo = 0) => ({
  timestamp: Math.floor(bench.now().getTime() / 1000) - secondsAgo,
  nonce: '1372623149',
})
const leave = () =>
  `<xml><ToUserName><![CDATA[${callbackSettings.corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>` +
  `<CreateTime>${stamp().timestamp}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_contact]]></Event>` +
  `<ChangeType><![CDATA[delete_user]]></ChangeType><UserID><![CDATA[li.na]]></UserID></xml>`
const seal = (xml: string, secondsAgo = 0) => sealCallback(callbackSettings, xml, stamp(secondsAgo))

/** Encrypts exactly these bytes, whatever their end says of padding. */
function encryptRaw(bytes: Buffer): string {
  const key = Buffer.from(`${callbackSettings.aesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
}

/** A correctly signed envelope around it. */
function signed(sealed: string): SealedCallback {
  const { timestamp, nonce } = stamp()
  const words = [callbackSettings.token, String(timestamp), nonce, sealed].toSorted().join('')
  const msg_signature = createHash('sha1').update(words).digest('hex')
  const body = `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`
  return { query: { msg_signature, timestamp: String(timestamp), nonce }, body }
}

async function deliver({ query, body }: SealedCallback, to = 0) {
  const answer = await fetch(`${addresses[to]}?${new URLSearchParams(query)}`, { method: 'POST', body })
  return { status: answer.status, text: await answer.text() }
}
const stored = () => bench.db.selectFrom('callbackEvent').selectAll().execute()

describe('the check of the address', () => {
  test('is answered with exactly the text, within a second', async () => {
    const query = new URLSearchParams(sealUrlCheck(callbackSettings, '5927782489442352469', stamp()))
    const startedAt = performance.now()
    const answer = await fetch(`${addresses[0]}?${query}`)
    expect([answer.status, await answer.text()]).toEqual([200, '5927782489442352469'])
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  test('survives pluses that were not encoded', async () => {
    for (let index = 0; index < 20; index += 1) {
      const { echostr, ...rest } = sealUrlCheck(callbackSettings, '123', stamp())
      const answer = await fetch(
        `${addresses[0]}?${new URLSearchParams(rest)}&echostr=${echostr.replaceAll('=', '%3D')}`,
      )
      expect(await answer.text()).toBe('123')
    }
  })

  test('is 403 to anybody else', async () => {
    const query = sealUrlCheck(callbackSettings, '123', stamp())
    for (const changed of [{ ...query, nonce: '1' }, { ...query, msg_signature: '' }, {}]) {
      const answer = await fetch(`${addresses[0]}?${new URLSearchParams(changed as Record<string, string>)}`)
      expect(answer.status).toBe(403)
    }
  })
})

describe('a message', () => {
  test('is stored with its ids and answered empty, before it has any effect', async () => {
    expect(await deliver(seal(leave()))).toEqual({ status: 200, text: '' })
    expect(await stored()).toMatchObject([
      { event: 'change_contact', changeType: 'delete_user', userId: 'li.na', settledAt: null, receivedAt: bench.now() },
    ])
    expect(bench.fake.calls).toEqual([])
  })

  test('[F16][A38] delivered four times to two instances, and once more later, has one effect', async () => {
    const sealed = seal(leave())
    const answers = await Promise.all([0, 1, 0, 1].map((to) => deliver(sealed, to)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    await Promise.all([settleCallbackEvents(bench.instance()), settleCallbackEvents(bench.instance())])
    bench.forward(60_000)
    expect((await deliver(sealed)).status).toBe(200)
    await settleCallbackEvents(bench.instance())
    expect(await stored()).toHaveLength(1)
    expect(await auditOf(bench.db)).toEqual(['rep.left li.na'])
  })

  test('[A38] with another signature of the same content is the same message, also when the window is long over', async () => {
    const xml = leave()
    const first = seal(xml)
    await deliver(first)
    await deliver(seal(xml, 3))
    await settleCallbackEvents(bench.instance())
    bench.forward(3_600_000)
    expect((await deliver(seal(xml))).status).toBe(200)
    expect((await deliver(first)).status).toBe(403) // the old envelope itself: its signed time is stale
    await settleCallbackEvents(bench.instance())
    expect(await stored()).toHaveLength(1)
    expect(await auditOf(bench.db)).toEqual(['rep.left li.na'])
  })

  test('that does not concern us is accepted', async () => {
    const text = `<xml><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>hi</Content></xml>`
    expect((await deliver(seal(text))).status).toBe(200)
    await settleCallbackEvents(bench.instance())
    expect(await stored()).toMatchObject([{ event: 'text', outcome: 'no_effect' }])
  })
})

describe('[A37] what is refused has no effect and tells nothing', () => {
  const evil =
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><CreateTime>1</CreateTime><MsgType>&e;</MsgType></xml>'
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><CreateTime>1</CreateTime><MsgType>&b;</MsgType></xml>'
  const withQuery = (sealed: SealedCallback, change: Partial<SealedCallback['query']>) => ({
    ...sealed,
    query: { ...sealed.query, ...change },
  })

  test.each<[string, () => SealedCallback]>([
    ['a wrong signature', () => withQuery(seal(leave()), { msg_signature: 'a'.repeat(40) })],
    ['a time changed after signing', () => withQuery(seal(leave(), 700), { timestamp: String(stamp().timestamp) })],
    ['a message of eleven minutes ago', () => seal(leave(), 660)],
    ['a message of the future', () => seal(leave(), -660)],
    ['a time that is none', () => withQuery(seal(leave()), { timestamp: 'now' })],
    ['another company', () => sealCallback({ ...callbackSettings, corpId: 'wwother000000001' }, leave(), stamp())],
    ['another token', () => sealCallback({ ...callbackSettings, token: 'stolen' }, leave(), stamp())],
    ['a padding that is none', () => signed(encryptRaw(Buffer.alloc(64)))],
    ['a padding longer than a block', () => signed(encryptRaw(Buffer.alloc(64, 33)))],
    ['half a block', () => signed(Buffer.alloc(40, 1).toString('base64'))],
    ['an external entity inside', () => seal(evil)],
    ['an entity bomb inside', () => seal(bomb)],
    ['an external entity outside', () => ({ ...seal(leave()), body: evil })],
    ['no XML', () => ({ ...seal(leave()), body: '{"Encrypt":"x"}' })],
    ['nothing', () => ({ ...seal(leave()), body: '' })],
    ['something that is no message', () => seal('<xml><a>1</a></xml>')],
  ])('%s', async (_, make) => {
    const answer = await deliver(make())
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ error: 'bad_signature' })
    expect(answer.text).not.toMatch(/field|stale|padding|receiver|xml/i)
    expect(await stored()).toEqual([])
  })

  test('a huge body', async () => {
    const sealed = seal(leave())
    const answer = await deliver({ ...sealed, body: sealed.body + ' '.repeat(65_536) })
    expect(answer.status).toBe(413)
    expect(await stored()).toEqual([])
  })

  test('and neither key, token nor content stands in the log', async () => {
    await deliver(seal(leave(), 660))
    await deliver(seal(leave()))
    const log = bench.log.join('\n')
    expect(log).toContain('stale')
    for (const secret of [callbackSettings.aesKey, callbackSettings.token, 'li.na']) expect(log).not.toContain(secret)
  })
})
