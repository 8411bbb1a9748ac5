import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { fakeCorp, refuse } from '../../test/wecom/fake-server.ts'
import { multipart } from './media.ts'
import type { WeCom } from './wecom.ts'

let bench: Bench
let wecom: WeCom
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(() => {
  wecom = bench.instance().wecom
  bench.fake.reset()
  bench.fake.state.members.set('li.na', 1)
  bench.forward(60_000)
})
const unavailable = expect.objectContaining({ code: 'wecom_unavailable' })
const follow = (userId: string, externalUserId: string) => ({
  userId,
  externalUserId,
  nickname: '陈医生',
  remark: '心内陈',
})

describe('sign-in', () => {
  test('goes to the silent authorisation of the company', () => {
    const address = new URL(
      wecom.oauthUrl({ returnTo: 'https://vouch.example/api/rep/sign-in/return?a=1', state: 'abc' }),
    )
    expect(address.pathname + address.hash).toBe('/connect/oauth2/authorize#wechat_redirect')
    expect(Object.fromEntries(address.searchParams)).toEqual({
      appid: fakeCorp.corpId,
      redirect_uri: 'https://vouch.example/api/rep/sign-in/return?a=1',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc',
      agentid: fakeCorp.agentId,
    })
  })

  test('in a desktop browser goes to the web login', () => {
    const address = new URL(wecom.loginUrl({ returnTo: 'https://vouch.example/x', state: 'abc' }))
    expect(address.pathname).toBe('/wwlogin/sso/login')
    expect(address.searchParams.get('login_type')).toBe('CorpApp')
  })

  test.each([
    ['a rep', { userid: 'li.na' }, { kind: 'member', userId: 'li.na' }],
    ['an HCP', { openid: 'o1', external_userid: 'wm1' }, { kind: 'contact', externalUserId: 'wm1', openId: 'o1' }],
    ['somebody else', { openid: 'o2' }, { kind: 'stranger', openId: 'o2' }],
    ['a snapshot page', { openid: 'o3', external_userid: 'wm1', is_snapshotuser: 1 }, { kind: 'snapshot' }],
    ['a member of a linked company', { userid: 'wwother/li.na' }, { kind: 'stranger', openId: 'wwother/li.na' }],
  ])('recognises %s, once', async (_, told, visitor) => {
    bench.fake.state.codes.set('code', told)
    await expect(wecom.visitorOfCode('code')).resolves.toEqual(visitor)
    await expect(wecom.visitorOfCode('code')).resolves.toBeUndefined()
  })

  test.each([40029, 42003, 42022])('takes errcode %i for a code that is not good', async (errcode) => {
    bench.fake.failNext('auth/getuserinfo', refuse(errcode))
    await expect(wecom.visitorOfCode('code')).resolves.toBeUndefined()
  })
})

describe('employment', () => {
  test.each([
    [1, true],
    [4, true],
    [2, false],
    [5, false],
  ])('of a member with status %i: %s', async (status, employed) => {
    bench.fake.state.members.set('li.na', status)
    await expect(wecom.isEmployed('li.na')).resolves.toBe(employed)
  })

  test('ends with being unknown', async () => {
    await expect(wecom.isEmployed('nobody')).resolves.toBe(false)
  })

  test.each([60011, 60020, 48002, 301002, 99999])(
    'is unknown, not ended, when WeCom refuses with %i',
    async (errcode) => {
      bench.fake.failNext('user/get', refuse(errcode))
      await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    },
  )
})

describe('contacts', () => {
  const ask = (userIds: string[], cursor = '') => wecom.contactsPage({ userIds, cursor })

  test('of several members are read page by page', async () => {
    bench.fake.state.pageSize = 2
    bench.fake.state.follows = ['wm1', 'wm2', 'wm3'].map((id) => follow('li.na', id))
    const first = await ask(['li.na', 'wang.lei'])
    expect(first).toMatchObject({
      ...{ outcome: 'page', next: '2', unlicensed: [] },
      contacts: [{ externalUserId: 'wm1', nickname: '陈医生', remark: '心内陈', userId: 'li.na', kind: 'wechat' }, {}],
    })
    const second = await ask(['li.na', 'wang.lei'], '2')
    expect(second).toMatchObject({ outcome: 'page', next: '', contacts: [{ externalUserId: 'wm3' }] })
  })

  test.each([
    { says: 'of one member without any are none', errcode: 84061, userIds: ['li.na'], outcome: 'none' },
    { says: 'of several of whom one has none', errcode: 84061, userIds: ['li.na', 'x'], outcome: 'member_refused' },
    { says: 'of somebody who is gone', errcode: 40003, userIds: ['li.na'], outcome: 'member_refused' },
    { says: 'of somebody without the feature', errcode: 84074, userIds: ['li.na'], outcome: 'member_refused' },
    { says: 'of somebody out of range', errcode: 60011, userIds: ['li.na'], outcome: 'member_refused' },
    { says: 'from a cursor of long ago', errcode: 40035, userIds: ['li.na'], cursor: 'old', outcome: 'cursor_refused' },
  ])('$says: $outcome', async ({ errcode, userIds, cursor, outcome }) => {
    bench.fake.failNext('externalcontact/batch/get_by_user', refuse(errcode))
    expect(await ask(userIds, cursor)).toEqual({ outcome })
  })

  test('are unknown, not gone, when the app lost its permission', async () => {
    bench.fake.failNext('externalcontact/batch/get_by_user', refuse(48002), refuse(40035))
    await expect(ask(['li.na'])).rejects.toEqual(unavailable)
    await expect(ask(['li.na'])).rejects.toEqual(unavailable)
  })

  test('name the members whose contacts WeCom keeps back', async () => {
    bench.fake.state.unlicensed = ['wang.lei']
    expect(await ask(['li.na', 'wang.lei'])).toMatchObject({ unlicensed: ['wang.lei'] })
  })

  test('are found with everyone who follows them', async () => {
    bench.fake.state.follows = [follow('li.na', 'wm1'), follow('wang.lei', 'wm1')]
    const found = await wecom.findContact('wm1')
    expect(found?.followers.map((follower) => follower.userId)).toEqual(['li.na', 'wang.lei'])
    await expect(wecom.findContact('wm2')).resolves.toBeUndefined()
  })
})

describe('a file', () => {
  const name = '高血压患者用药说明（2026版）.pdf'
  const file = { kind: 'file' as const, name, mime: 'application/pdf', bytes: Buffer.from('%PDF-1.7 body') }

  test('travels under its Chinese name, written as raw UTF-8', async () => {
    const { mediaId } = await wecom.upload(file)
    expect(mediaId).toMatch(/^media-/)
    const call = bench.fake.calls.find(({ path }) => path === 'media/upload')
    expect(call?.query.get('type')).toBe('file')
    const head = call?.body.subarray(0, call.body.indexOf('\r\n\r\n'))
    const written = Buffer.concat([
      Buffer.from('name="media"; filename="'),
      Buffer.from(name, 'utf8'),
      Buffer.from('"'),
    ])
    expect(head?.includes(written)).toBe(true)
    expect(head?.includes('filename*')).toBe(false)
    expect(head?.includes('%E9')).toBe(false)
    expect(call?.body.includes(file.bytes)).toBe(true)
  })

  test.each(['a"b\r\nX: y.pdf', '../../x.pdf', 'a/b.pdf', '..'])(
    'named %j cannot break out of its header',
    (hostile) => {
      const body = multipart({ ...file, name: hostile }).bytes.toString()
      expect(body.split('\r\n\r\n')[0]?.split('\r\n')).toHaveLength(3)
      expect(body).not.toMatch(/filename="[^"]*[/\\][^"]*"/)
    },
  )

  test.each([
    ['too large', 20 * 1024 * 1024 + 1],
    ['too small', 5],
  ])('that is %s is refused without asking', async (_, length) => {
    await expect(wecom.upload({ ...file, bytes: Buffer.alloc(length) })).rejects.toMatchObject({ code: 'bad_request' })
    expect(bench.fake.count('media/upload')).toBe(0)
  })

  test.each([45001, 40005])('that WeCom refuses by %i is refused', async (errcode) => {
    bench.fake.failNext('media/upload', refuse(errcode))
    await expect(wecom.upload(file)).rejects.toMatchObject({ code: 'bad_request' })
  })
})

describe('an app message', () => {
  const message = {
    userIds: ['li.na', 'Left.One'],
    title: '题'.repeat(200),
    text: '已撤回',
    url: 'https://vouch.example/x',
  }

  test('is a card of a length WeCom takes, and tells who could not be reached whatever the case of the name', async () => {
    await expect(wecom.tell(message)).resolves.toEqual({ unknown: ['Left.One'] })
    const sent = JSON.parse(bench.fake.calls.find(({ path }) => path === 'message/send')!.body.toString())
    expect(sent).toMatchObject({ touser: 'li.na|Left.One', msgtype: 'textcard', enable_duplicate_check: 1 })
    expect(sent.textcard).toEqual({ title: '题'.repeat(128), description: '已撤回', url: message.url })
  })

  test('that reaches nobody says so, and one to nobody is not sent', async () => {
    bench.fake.failNext('message/send', refuse(81013))
    await expect(wecom.tell(message)).resolves.toEqual({ unknown: message.userIds })
    await expect(wecom.tell({ ...message, userIds: [] })).resolves.toEqual({ unknown: [] })
    expect(bench.fake.count('message/send')).toBe(1)
  })
})

describe('[F13] when WeCom fails', () => {
  test('it is asked no more after five failures, and again some seconds later', async () => {
    await wecom.isEmployed('li.na')
    bench.fake.failNext('user/get', ...Array.from({ length: 5 }, () => ({ httpStatus: 502 })))
    for (let index = 0; index < 12; index += 1) await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(bench.fake.count('user/get')).toBe(6)
    bench.forward(3_100)
    await expect(wecom.isEmployed('li.na')).resolves.toBeDefined()
  })

  test('busy is asked again up to three times', async () => {
    bench.fake.failNext('user/get', refuse(-1), refuse(-1))
    await expect(wecom.isEmployed('li.na')).resolves.toBeDefined()
    bench.fake.failNext('user/get', refuse(-1), refuse(-1), refuse(-1))
    await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(bench.fake.count('user/get')).toBe(6)
  })

  test('a redirect is not followed', async () => {
    bench.fake.failNext('user/get', { httpStatus: 302 })
    await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(bench.fake.count('user/get')).toBe(1)
  })

  test('an answer in another shape is no answer', async () => {
    bench.fake.failNext('externalcontact/get', { external_contact: 'x' })
    await expect(wecom.findContact('wm1')).rejects.toEqual(unavailable)
  })

  test('an answer that takes too long is not waited for', { timeout: 15_000 }, async () => {
    await wecom.isEmployed('li.na')
    bench.fake.state.latencyMs = 9_000
    const startedAt = performance.now()
    await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(performance.now() - startedAt).toBeLessThan(6_500)
  })
})

test('[A33] no secret, token or ticket ever stands in the log or in what is thrown', async () => {
  await bench.db.deleteFrom('wecomCredential').execute()
  const thrown: unknown[] = []
  const attempt = (work: Promise<unknown>) => work.catch((fault: unknown) => thrown.push(fault))
  const other = bench.instance().wecom
  await attempt(other.sign('https://vouch.example/'))
  bench.fake.failNext('user/get', refuse(60020), refuse(48002), { httpStatus: 500 })
  for (let index = 0; index < 3; index += 1) await attempt(other.isEmployed('li.na'))
  bench.forward(8_000_000)
  bench.fake.failNext('gettoken', { httpStatus: 500 })
  await attempt(other.isEmployed('li.na'))
  bench.forward(60_000)
  await attempt(bench.instance({ WECOM_API_URL: 'http://127.0.0.1:9' }).wecom.isEmployed('li.na'))

  expect(thrown).toHaveLength(5)
  const told =
    bench.log.join('\n') + thrown.map((fault) => JSON.stringify(fault) + String((fault as Error).stack)).join('\n')
  const { tokens, tickets } = bench.fake.state
  const secrets = [fakeCorp.secret, 'corpsecret', 'access_token=', ...tokens, ...tickets.corp, ...tickets.agent]
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
  expect(told).toContain('60020')
})
