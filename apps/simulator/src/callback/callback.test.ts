import { describe, expect, test } from 'vitest'
import { aesKey, buildSimulator, serve } from '../../test/build-simulator.ts'
import official from '../../test/fixtures/callback-official.json' with { type: 'json' }
import verify from '../../test/fixtures/url-verify.json' with { type: 'json' }
import { decryptCallback, encryptCallback, signCallback } from './cipher.ts'
import { callbackTiming, verifyUrl } from './deliver.ts'
import { happen } from './events.ts'

callbackTiming.pausesMs = [5, 5, 5]
callbackTiming.holdMs = 300
callbackTiming.cutMs = 400

describe('the cipher agrees with the official vectors', () => {
  const encrypted = /<Encrypt><!\[CDATA\[(.+?)\]\]>/.exec(official.body)?.[1] ?? ''
  const { timestamp, nonce, msg_signature } = official.query

  test('signature', () => expect(signCallback(official.token, timestamp, nonce, encrypted)).toBe(msg_signature))

  test('reading', () => {
    const { random, message, receiveId } = decryptCallback(official.encodingAESKey, encrypted)
    expect({ random: random.toString('latin1'), message, receiveId }).toEqual({
      random: official.expected.random16,
      message: official.expected.msg,
      receiveId: official.receiveid,
    })
  })

  test('writing gives the very same text', () => {
    const random = Buffer.from(official.expected.random16, 'latin1')
    expect(encryptCallback(official.encodingAESKey, official.expected.msg, official.receiveid, random)).toBe(encrypted)
  })

  test('the URL check', () => {
    const { message, receiveId } = decryptCallback(verify.encodingAESKey, verify.query.echostr)
    expect(message).toBe(verify.expected.body)
    expect(receiveId).toBe(verify.receiveid)
  })
})

/** A product that answers with the given statuses, and notes what it was told. */
async function listenAs(statuses: (number | 'silence')[]) {
  const told: { xml: string; fits: boolean }[] = []
  const server = await serve(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://product')
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const encrypted = /<Encrypt><!\[CDATA\[(.+?)\]\]>/.exec(body)?.[1] ?? url.searchParams.get('echostr') ?? ''
    const [signature, timestamp, nonce] = ['msg_signature', 'timestamp', 'nonce'].map(
      (name) => url.searchParams.get(name) ?? '',
    )
    const { message, receiveId } = decryptCallback(aesKey, encrypted)
    const fits =
      signCallback('TestToken', timestamp ?? '', nonce ?? '', encrypted) === signature &&
      receiveId === 'wwdemo0000000001'
    told.push({ xml: message, fits })
    const status = statuses[told.length - 1] ?? 200
    if (status !== 'silence') response.writeHead(status).end(request.method === 'GET' ? message : '')
  })
  const simulator = buildSimulator({
    WECOM_CALLBACK_TOKEN: 'TestToken',
    WECOM_CALLBACK_AES_KEY: aesKey,
    CALLBACK_URL: `${server.url}/wecom/callback`,
  })
  return { simulator, told, server }
}

const left = { type: 'del_follow_user', userid: 'wanglei', externalUserid: 'wmDemoZhangWei' } as const

describe('an event', () => {
  test('is signed, encrypted for this corp, and changes the corp', async () => {
    const { simulator, told, server } = await listenAs([])
    await happen(simulator, left)
    expect(told).toHaveLength(1)
    expect(told[0]?.fits).toBe(true)
    expect(told[0]?.xml).toContain('<ChangeType><![CDATA[del_follow_user]]></ChangeType>')
    expect(simulator.store.follows.find((follow) => follow.userid === 'wanglei')?.deletedBy).toBe('contact')
    server.close()
  })

  test.each([
    { says: 'a 500 is not repeated by the newer reading', callbackRetry: 'network', statuses: [500], times: 1 },
    { says: 'a 500 is repeated by the older reading', callbackRetry: 'not-200', statuses: [500, 500, 200], times: 3 },
    { says: 'at most three repetitions', callbackRetry: 'not-200', statuses: [500, 500, 500, 500, 500], times: 4 },
    { says: 'silence is cut and repeated', callbackRetry: 'network', statuses: ['silence', 200], times: 2 },
  ] as const)('$says', async ({ callbackRetry, statuses, times }) => {
    const { simulator, told, server } = await listenAs([...statuses])
    simulator.store.switches.callbackRetry = callbackRetry
    await happen(simulator, left)
    expect(told).toHaveLength(times)
    expect(new Set(told.map((one) => one.xml)).size).toBe(1)
    server.close()
  })

  test('may come twice', async () => {
    const { simulator, told, server } = await listenAs([])
    simulator.store.switches.callbackDuplicate = true
    await happen(simulator, left)
    expect(told).toHaveLength(2)
    server.close()
  })

  test('may be overtaken by the next one', async () => {
    const { simulator, told, server } = await listenAs([])
    simulator.store.switches.callbackReorder = true
    const first = happen(simulator, left)
    await happen(simulator, { type: 'delete_user', userid: 'lina' })
    await first
    expect(told.map((one) => /<ChangeType><!\[CDATA\[(\w+)/.exec(one.xml)?.[1])).toEqual([
      'delete_user',
      'del_follow_user',
    ])
    server.close()
  })

  test('may be lost', async () => {
    const { simulator, told, server } = await listenAs([])
    simulator.store.switches.callbackLost = true
    await happen(simulator, left)
    expect(told).toHaveLength(0)
    server.close()
  })
})

test('the URL check wants the very text back', async () => {
  const { simulator, server } = await listenAs([])
  expect(await verifyUrl(simulator)).toMatchObject({ ok: true, status: 200 })
  server.close()
})
