import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { buildSimulator, callApi, getToken, secret, type Clock } from '../../test/build-simulator.ts'
import { changeMember, ChoiceError, turnSwitches } from '../control/choose.ts'
import type { Simulator } from '../simulator.ts'
import { revoke } from './credentials.ts'
import { answerApi } from './api.ts'

const hour = 3_600_000

describe('tokens', () => {
  test('asking twice within the validity gives the same token', async () => {
    const simulator = buildSimulator()
    expect(await getToken(simulator)).toBe(await getToken(simulator))
  })

  test('a token ends after two hours with 42001, and a new one is given', async () => {
    const clock: Clock = { ms: 1_800_000_000_000 }
    const simulator = buildSimulator({}, clock)
    const access_token = await getToken(simulator)
    clock.ms += 2 * hour
    expect(await callApi(simulator, 'getcallbackip', { access_token })).toMatchObject({ errcode: 42001 })
    expect(await getToken(simulator)).not.toBe(access_token)
  })

  test('a token may be revoked early: 40014', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    revoke(simulator)
    expect(await callApi(simulator, 'getcallbackip', { access_token })).toMatchObject({ errcode: 40014 })
    const fresh = await getToken(simulator)
    expect(await callApi(simulator, 'getcallbackip', { access_token: fresh })).toMatchObject({ errcode: 0 })
  })

  test('no token is 41001, an invented one 40014', async () => {
    const simulator = buildSimulator()
    expect(await callApi(simulator, 'getcallbackip')).toMatchObject({ errcode: 41001 })
    expect(await callApi(simulator, 'getcallbackip', { access_token: 'sim-abc-def' })).toMatchObject({ errcode: 40014 })
  })

  test('a restarted simulator still knows the tokens it gave out', async () => {
    const access_token = await getToken(buildSimulator())
    expect(await callApi(buildSimulator(), 'getcallbackip', { access_token })).toMatchObject({ errcode: 0 })
  })

  test('wrong secrets are 40001, then the IP is blocked for an hour, right secret or not', async () => {
    const clock: Clock = { ms: 1_800_000_000_000 }
    const simulator = buildSimulator({}, clock)
    const ask = (corpsecret: string) => callApi(simulator, 'gettoken', { corpid: simulator.config.corpId, corpsecret })
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await ask('wrong')).toMatchObject({ errcode: 40001 })
    expect(await ask(secret)).toMatchObject({ errcode: 45009 })
    clock.ms += hour
    expect(await ask(secret)).toMatchObject({ errcode: 0 })
  })

  test('errors carry a hint, the IP and a link after their text', async () => {
    const answer = await callApi(buildSimulator(), 'gettoken', { corpid: 'wwother' })
    expect(answer['errmsg']).toMatch(
      /^invalid corpid, hint: \[.+\], from ip: 10\.0\.0\.1, more info at https:.*e=40013$/,
    )
  })
})

describe('tickets', () => {
  test('corp and app ticket differ and stay the same within their validity', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const corp = await callApi(simulator, 'get_jsapi_ticket', { access_token })
    const app = await callApi(simulator, 'ticket/get', { access_token, type: 'agent_config' })
    expect(corp['ticket']).not.toBe(app['ticket'])
    expect((await callApi(simulator, 'get_jsapi_ticket', { access_token }))['ticket']).toBe(corp['ticket'])
  })

  test('a type on the corp ticket is 91040', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    expect(await callApi(simulator, 'get_jsapi_ticket', { access_token, type: 'jsapi' })).toMatchObject({
      errcode: 91040,
    })
  })

  test('the hundred-and-first app ticket of an hour is 45009, for an hour', async () => {
    const clock: Clock = { ms: 1_800_000_000_000 }
    const simulator = buildSimulator({}, clock)
    const access_token = await getToken(simulator)
    const ask = () => callApi(simulator, 'ticket/get', { access_token, type: 'agent_config' })
    for (let nth = 0; nth < 100; nth += 1) expect(await ask()).toMatchObject({ errcode: 0 })
    expect(await ask()).toMatchObject({ errcode: 45009 })
    clock.ms += hour
    expect(await ask()).toMatchObject({ errcode: 0 })
  })
})

describe('members and contacts', () => {
  test('a deleted member is unknown: 60111', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    expect(await callApi(simulator, 'user/get', { access_token, userid: 'WangLei' })).toMatchObject({
      userid: 'wanglei',
      status: 1,
    })
    expect(await callApi(simulator, 'user/get', { access_token, userid: 'liuyang-left' })).toMatchObject({
      errcode: 60111,
    })
  })

  test('only members in range who serve contacts are listed', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const answer = await callApi(simulator, 'externalcontact/get_follow_user_list', { access_token })
    expect(answer['follow_user']).toEqual(['wanglei', 'lina'])
  })

  test('contacts are read page by page', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const path = 'externalcontact/batch/get_by_user'
    const first = await callApi(simulator, path, { access_token }, { userid_list: ['wanglei', 'lina'], limit: 2 })
    expect(first['external_contact_list']).toHaveLength(2)
    const cursor = first['next_cursor']
    const rest = await callApi(
      simulator,
      path,
      { access_token },
      { userid_list: ['wanglei', 'lina'], limit: 2, cursor },
    )
    expect(rest['external_contact_list']).toHaveLength(1)
    expect(rest['next_cursor']).toBe('')
  })

  test.each([
    { says: 'a stranger', externalUserid: 'wmNobody', errcode: 40096 },
    { says: 'a contact nobody follows', externalUserid: 'wmDemoAlone', errcode: 84061 },
    { says: 'a contact', externalUserid: 'wmDemoZhangWei', errcode: 0 },
  ])('$says answers $errcode', async ({ externalUserid, errcode }) => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const answer = await callApi(simulator, 'externalcontact/get', { access_token, external_userid: externalUserid })
    expect(answer['errcode']).toBe(errcode)
  })

  test.each([
    { apiFault: 'wrong-ip', errcode: 60020 },
    { apiFault: 'not-callable', errcode: 48002 },
    { apiFault: 'half-relation', errcode: 84061 },
    { apiFault: 'rate-limited', errcode: 45009 },
    { apiFault: 'busy', errcode: -1 },
  ] as const)('the switch $apiFault answers $errcode', async ({ apiFault, errcode }) => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    simulator.store.switches.apiFault = apiFault
    const answer = await callApi(simulator, 'externalcontact/list', { access_token, userid: 'wanglei' })
    expect(answer['errcode']).toBe(errcode)
  })

  test('one API may be called 10,000 times a minute', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    simulator.vault.counters.set('corp /cgi-bin/getcallbackip minute', {
      from: simulator.now(),
      count: 10_000,
      blockedUntil: 0,
    })
    expect(await callApi(simulator, 'getcallbackip', { access_token })).toMatchObject({ errcode: 45009 })
  })
})

describe('app messages', () => {
  const card = { title: '资料已更新', description: '请看', url: 'https://example.com/' }

  test('reach known members, name the unknown in lower case', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const body = { touser: 'wanglei|Nobody', msgtype: 'textcard', agentid: 1000002, textcard: card }
    expect(await callApi(simulator, 'message/send', { access_token }, body)).toMatchObject({
      errcode: 0,
      invaliduser: 'nobody',
    })
    expect(simulator.store.notices).toHaveLength(1)
  })

  test('to nobody is 81013, of another app 301002', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const body = { touser: 'liuyang-left', msgtype: 'textcard', agentid: 1000002, textcard: card }
    expect(await callApi(simulator, 'message/send', { access_token }, body)).toMatchObject({ errcode: 81013 })
    expect(await callApi(simulator, 'message/send', { access_token }, { ...body, agentid: 7 })).toMatchObject({
      errcode: 301002,
    })
  })

  test('with the duplicate check arrive once', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const body = { touser: 'wanglei', msgtype: 'textcard', agentid: 1000002, textcard: card, enable_duplicate_check: 1 }
    await callApi(simulator, 'message/send', { access_token }, body)
    await callApi(simulator, 'message/send', { access_token }, body)
    expect(simulator.store.notices).toHaveLength(1)
  })
})

describe('media', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

  async function upload(clock: Clock, kind: string, bytes: Buffer, name = '研究摘要 v3.png') {
    const simulator = buildSimulator({}, clock)
    const access_token = await getToken(simulator)
    const form = new FormData()
    form.set('media', new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
    const encoded = new Response(form)
    const answer = await answerApi(simulator, {
      method: 'POST',
      path: '/cgi-bin/media/upload',
      query: new URLSearchParams({ access_token, type: kind }),
      body: Buffer.from(await encoded.arrayBuffer()),
      contentType: encoded.headers.get('content-type') ?? '',
      ip: '10.0.0.1',
    })
    return { simulator, access_token, answer: answer as Record<string, unknown> }
  }

  test('keep their Chinese file name and their md5', async () => {
    const { simulator, answer } = await upload({ ms: 1_800_000_000_000 }, 'image', png)
    expect(answer).toMatchObject({ errcode: 0, type: 'image', created_at: '1800000000' })
    const media = simulator.vault.media.get(String(answer['media_id']))
    expect(media).toMatchObject({ name: '研究摘要 v3.png', md5: createHash('md5').update(png).digest('hex') })
  })

  test('live three days', async () => {
    const clock = { ms: 1_800_000_000_000 }
    const { simulator, answer } = await upload(clock, 'image', png)
    const media_id = String(answer['media_id'])
    const read = async () => callApi(simulator, 'media/get', { access_token: await getToken(simulator), media_id })
    expect(await read()).toHaveProperty('binary')
    clock.ms += 72 * hour
    expect(await read()).toMatchObject({ errcode: 40007 })
  })

  test.each([
    { says: 'five bytes are too few', kind: 'file', bytes: Buffer.alloc(5), errcode: 44001 },
    { says: 'six bytes are enough', kind: 'file', bytes: Buffer.alloc(6), errcode: 0 },
    { says: 'a file has 20 MB at most', kind: 'file', bytes: Buffer.alloc(20 * 1024 * 1024 + 1), errcode: 45001 },
    { says: 'a video has 10 MB at most', kind: 'video', bytes: Buffer.alloc(10 * 1024 * 1024 + 1), errcode: 45001 },
    { says: 'an image is JPG or PNG', kind: 'image', bytes: Buffer.alloc(100), errcode: 40005 },
    { says: 'no such kind', kind: 'document', bytes: png, errcode: 40004 },
  ])('$says: $errcode', async ({ kind, bytes, errcode }) => {
    const { answer } = await upload({ ms: 1_800_000_000_000 }, kind, bytes)
    expect(answer['errcode']).toBe(errcode)
  })
})

describe('what an administrator may have done', () => {
  const ask = async (simulator: Simulator, path: string, query: Record<string, string> = {}) =>
    callApi(simulator, path, { access_token: await getToken(simulator), ...query })

  test('the app tells its range, its domain and whether it is enabled, to its own token only', async () => {
    const simulator = buildSimulator()
    const agentid = '1000002'
    expect(await ask(simulator, 'agent/get', { agentid })).toMatchObject({
      ...{ errcode: 0, agentid: 1000002, close: 0, redirect_domain: 'localhost:8080' },
      allow_userinfos: { user: [{ userid: 'wanglei' }, { userid: 'lina' }] },
    })
    expect(await ask(simulator, 'agent/get', { agentid: '1000003' })).toMatchObject({ errcode: 301002 })
    expect(await ask(simulator, 'agent/get', { agentid: 'x' })).toMatchObject({ errcode: 40056 })
    turnSwitches(simulator, { appClosed: true, trustedDomain: 'none' })
    expect(await ask(simulator, 'agent/get', { agentid })).toMatchObject({ close: 1, redirect_domain: '' })
    expect(await ask(simulator, 'getcallbackip')).toMatchObject({ errcode: 50003 })
  })

  test('a secret that was reset is 40001 from then on', async () => {
    const simulator = buildSimulator()
    turnSwitches(simulator, { secretReset: true })
    const corpid = simulator.config.corpId
    expect(await callApi(simulator, 'gettoken', { corpid, corpsecret: secret })).toMatchObject({ errcode: 40001 })
  })

  test('an address that is not trusted is told as WeCom sees it', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    turnSwitches(simulator, { apiFault: 'wrong-ip', seenIp: '203.0.113.8' })
    const answer = await callApi(simulator, 'getcallbackip', { access_token })
    expect(answer).toMatchObject({ errcode: 60020, errmsg: expect.stringContaining('from ip: 203.0.113.8,') })
  })

  test('a member outside the range is 60011, and no longer among those who serve', async () => {
    const simulator = buildSimulator()
    changeMember(simulator, { userid: 'lina', inRange: false })
    expect(await ask(simulator, 'user/get', { userid: 'lina' })).toMatchObject({ errcode: 60011 })
    expect(await ask(simulator, 'externalcontact/get_follow_user_list')).toMatchObject({ follow_user: ['wanglei'] })
    changeMember(simulator, { userid: '*', servesContacts: false })
    expect(await ask(simulator, 'externalcontact/get_follow_user_list')).toMatchObject({ follow_user: [] })
    expect(() => changeMember(simulator, { userid: 'nobody', inRange: true })).toThrow(ChoiceError)
    expect(() => changeMember(simulator, { userid: 'lina', status: 'deleted' })).toThrow(ChoiceError)
  })

  test('tickets run out, or one is answered for both', async () => {
    const simulator = buildSimulator()
    const app = () => ask(simulator, 'ticket/get', { type: 'agent_config' })
    turnSwitches(simulator, { ticketFault: 'used-up' })
    expect(await app()).toMatchObject({ errcode: 45009 })
    turnSwitches(simulator, { ticketFault: 'same' })
    expect((await app())['ticket']).toBe((await ask(simulator, 'get_jsapi_ticket'))['ticket'])
  })
})
