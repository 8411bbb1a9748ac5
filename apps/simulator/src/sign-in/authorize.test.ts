import { describe, expect, test } from 'vitest'
import { buildSimulator, callApi, getToken, type Clock } from '../../test/build-simulator.ts'
import type { Session } from '../session.ts'
import type { Simulator } from '../simulator.ts'
import { authorize } from './authorize.ts'
import { webLogin } from './web-login.ts'

const usual = {
  appid: 'wwdemo0000000001',
  redirect_uri: 'http://localhost:8080/api/rep/sign-in/return?a=1',
  response_type: 'code',
  scope: 'snsapi_base',
  state: 'abc123',
  agentid: '1000002',
}

function open(simulator: Simulator, phone: 'wecom' | 'wechat', changes: Record<string, string> = {}) {
  const answer = authorize(simulator, new URLSearchParams({ ...usual, phone, ...changes }))
  return 'redirect' in answer ? new URL(answer.redirect) : answer.html
}

async function whoIs(simulator: Simulator, page: URL | string) {
  const code = page instanceof URL ? (page.searchParams.get('code') ?? '') : ''
  return callApi(simulator, 'auth/getuserinfo', { access_token: await getToken(simulator), code })
}

describe('on the rep phone', () => {
  test('the code names the member and the query is kept', async () => {
    const simulator = buildSimulator()
    const page = open(simulator, 'wecom')
    expect(String(page)).toMatch(/^http:\/\/localhost:8080\/api\/rep\/sign-in\/return\?a=1&code=.+&state=abc123$/)
    expect(await whoIs(simulator, page)).toMatchObject({ errcode: 0, userid: 'wanglei' })
  })

  test('a member who left has no WeCom any more', () => {
    const simulator = buildSimulator()
    simulator.store.session.rep = 'liuyang-left'
    expect(open(simulator, 'wecom')).toContain('退出登录')
  })

  test('a code is good once and for five minutes', async () => {
    const clock: Clock = { ms: 1_800_000_000_000 }
    const simulator = buildSimulator({}, clock)
    const page = open(simulator, 'wecom')
    await whoIs(simulator, page)
    expect(await whoIs(simulator, page)).toMatchObject({ errcode: 42022 })
    const later = open(simulator, 'wecom')
    clock.ms += 5 * 60_000 + 1
    expect(await whoIs(simulator, later)).toMatchObject({ errcode: 42003 })
    expect(await whoIs(simulator, 'none')).toMatchObject({ errcode: 40058 })
  })
})

describe('on the doctor phone', () => {
  const visitors: { visitor: Session['visitor']; has: Record<string, unknown>; lacks: string[] }[] = [
    { visitor: { kind: 'doctor', id: null }, has: { external_userid: 'wmDemoZhangWei' }, lacks: ['userid'] },
    { visitor: { kind: 'other-doctor', id: 'wmDemoLiMin' }, has: { external_userid: 'wmDemoLiMin' }, lacks: [] },
    { visitor: { kind: 'other-doctor', id: 'wmDemoAlone' }, has: {}, lacks: ['external_userid', 'userid'] },
    { visitor: { kind: 'stranger', id: null }, has: {}, lacks: ['external_userid', 'userid'] },
    { visitor: { kind: 'snapshot', id: null }, has: { is_snapshotuser: 1 }, lacks: ['external_userid'] },
    { visitor: { kind: 'rep', id: null }, has: { userid: 'wanglei' }, lacks: ['openid'] },
    { visitor: { kind: 'colleague', id: 'guest' }, has: { userid: 'guest' }, lacks: ['user_ticket'] },
    { visitor: { kind: 'outside-member', id: null }, has: { userid: 'wwdemo0000000002/guest' }, lacks: [] },
  ]

  test.each(visitors)('$visitor.kind $visitor.id is told apart', async ({ visitor, has, lacks }) => {
    const simulator = buildSimulator()
    simulator.store.session.visitor = visitor
    const page = open(simulator, 'wechat')
    expect(page instanceof URL && page.port).toBe('8090')
    const answer = await whoIs(simulator, page)
    expect(answer).toMatchObject({ errcode: 0, ...has })
    for (const name of lacks) expect(answer).not.toHaveProperty(name)
  })
})

test.each([
  { says: 'another corp', changes: { appid: 'wwdemo9' } },
  { says: 'another port', changes: { redirect_uri: 'http://localhost:9999/x' } },
  { says: 'another host', changes: { redirect_uri: 'http://sub.localhost:8080/x' } },
  { says: 'another scope', changes: { scope: 'snsapi_userinfo' } },
  { says: 'a state with other signs', changes: { state: 'a-b' } },
  { says: 'a state that is too long', changes: { state: 'a'.repeat(129) } },
  { says: 'a browser that is no phone', changes: { phone: '' } },
])('$says is refused with a page', ({ changes }) => {
  expect(open(buildSimulator(), 'wecom', changes)).toContain('无法打开')
})

test('private information is asked for once more', () => {
  expect(open(buildSimulator(), 'wecom', { scope: 'snsapi_privateinfo' })).toContain('同意')
})

describe('web login', () => {
  const query = {
    login_type: 'CorpApp',
    appid: usual.appid,
    agentid: '1000002',
    redirect_uri: usual.redirect_uri,
    state: 's1',
  }

  test('lists the members, and leads back as the chosen one', async () => {
    const simulator = buildSimulator()
    const list = webLogin(simulator, new URLSearchParams(query))
    expect('html' in list && list.html).toContain('王磊')
    const chosen = webLogin(simulator, new URLSearchParams({ ...query, as: 'lina' }))
    expect(await whoIs(simulator, new URL('redirect' in chosen ? chosen.redirect : ''))).toMatchObject({
      userid: 'lina',
    })
  })

  test('a member outside the range may not', () => {
    const chosen = webLogin(buildSimulator(), new URLSearchParams({ ...query, as: 'guest' }))
    expect('html' in chosen && chosen.html).toContain('没有权限')
  })
})
