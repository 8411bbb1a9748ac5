import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { call, morning, publicUrl, startTestServer, type TestServer } from '../../test/test-server.ts'
import { endSessionsOf } from './queries.ts'
import { safeNext } from './start-sign-in.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
async function setOut(next = '/sidebar/') {
  const answer = await fetch(`${server.url}/api/rep/sign-in?next=${encodeURIComponent(next)}`, { redirect: 'manual' })
  const state = new URL(answer.headers.get('location')!).searchParams.get('state')!
  return { state, browser: cookiesOf(answer)[0]!, setCookie: answer.headers.getSetCookie()[0]! }
}
const comeBack = (code: string, state: string, cookie: string) =>
  fetch(`${server.url}/api/rep/sign-in/return?code=${code}&state=${state}`, { redirect: 'manual', headers: { cookie } })
async function member(given: Parameters<typeof buildRep>[1] = {}) {
  const repId = await buildRep(server, given)
  const { wecomUserId } = await server.owner
    .selectFrom('person')
    .select('wecomUserId')
    .where('id', '=', repId)
    .executeTakeFirstOrThrow()
  return { repId, wecomUserId }
}
const sessionOf = (answer: Response) => cookiesOf(answer).find((cookie) => cookie.startsWith('__Host-vouch_rep='))

describe('a rep signs in', () => {
  it('[SIGN-01] out with a one-time state, back with a session for this host alone', async () => {
    const { wecomUserId } = await member()
    server.told.codes.set('code-1', { kind: 'member', userId: wecomUserId.toUpperCase() })
    const { state, browser, setCookie } = await setOut('/sidebar/?entry=chat')
    expect(state).toMatch(/^[0-9a-f]{48}$/)
    expect(setCookie).toMatch(/^__Host-.*Path=\/; HttpOnly; Secure; SameSite=Lax/)
    const back = await comeBack('code-1', state, browser)
    expect([back.status, back.headers.get('location')]).toEqual([302, '/sidebar/?entry=chat'])
    expect((await call(server, sessionOf(back)!, repEndpoints.start, {})).status).toBe(200)
    const stored = await server.owner.selectFrom('session').select('tokenHash').execute()
    expect(JSON.stringify(stored)).not.toContain(sessionOf(back)!.split('=')[1])
  })

  it('[SIGN-02] a client that loads the return address twice gets in twice and spends the code once', async () => {
    const { wecomUserId } = await member()
    server.told.codes.set('code-2', { kind: 'member', userId: wecomUserId })
    const { state, browser } = await setOut()
    const answers = await Promise.all([comeBack('code-2', state, browser), comeBack('code-2', state, browser)])
    expect(answers.map((answer) => answer.status)).toEqual([302, 302])
    server.clock.at = new Date(morning.getTime() + 11_000)
    expect((await comeBack('code-2', state, browser)).status).toBe(400)
  })

  it.each([
    ['a state nobody gave out', async () => comeBack('code', 'f'.repeat(48), 'x=y'), 400],
    ['no state', async () => comeBack('code', '', 'x=y'), 400],
    [
      'another browser than the one that set out',
      async () => comeBack('code', (await setOut()).state, '__Host-vouch_rep_browser=other'),
      400,
    ],
    [
      'a code that is bad, old or used',
      async () => {
        const { state, browser } = await setOut()
        return comeBack('spent', state, browser)
      },
      401,
    ],
    [
      'somebody from outside the company',
      async () => {
        server.told.codes.set('outside', { kind: 'contact', externalUserId: 'wm1', openId: 'o1' })
        const { state, browser } = await setOut()
        return comeBack('outside', state, browser)
      },
      403,
    ],
    [
      'a member who is not on our list',
      async () => {
        server.told.codes.set('stranger', { kind: 'member', userId: 'nobody' })
        const { state, browser } = await setOut()
        return comeBack('stranger', state, browser)
      },
      403,
    ],
    [
      'a rep who left',
      async () => {
        const { wecomUserId } = await member({ status: 'left' })
        server.told.codes.set('left', { kind: 'member', userId: wecomUserId })
        const { state, browser } = await setOut()
        return comeBack('left', state, browser)
      },
      403,
    ],
    [
      'a rep whom WeCom no longer knows',
      async () => {
        const { wecomUserId } = await member()
        server.told.codes.set('gone', { kind: 'member', userId: wecomUserId })
        server.told.left.add(wecomUserId)
        const { state, browser } = await setOut()
        return comeBack('gone', state, browser)
      },
      403,
    ],
    [
      'a member without the role of a rep',
      async () => {
        const { wecomUserId } = await member({ roles: ['auditor'] })
        server.told.codes.set('auditor', { kind: 'member', userId: wecomUserId })
        const { state, browser } = await setOut()
        return comeBack('auditor', state, browser)
      },
      403,
    ],
  ])('[SIGN-03] %s gets no session', async (_, attempt, status) => {
    const answer = await attempt()
    expect(answer.status).toBe(status)
    expect(sessionOf(answer)).toBeUndefined()
    expect(await answer.text()).toContain('Sign in again')
  })

  it('[SIGN-04] a state is too old after ten minutes', async () => {
    const { wecomUserId } = await member()
    server.told.codes.set('slow', { kind: 'member', userId: wecomUserId })
    const { state, browser } = await setOut()
    server.clock.at = new Date(morning.getTime() + 601_000)
    expect((await comeBack('slow', state, browser)).status).toBe(400)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil',
    '/sidebar/../console/',
    '/sidebar//evil',
    '/console/',
    'javascript:alert(1)',
    '/sidebar/\nx',
    '/sidebar/'.padEnd(600, 'a'),
  ])('[SIGN-05] never leads anywhere but the own face: %s', (next) => expect(safeNext(next, 'rep')).toBe('/sidebar/'))
})

describe('a session ends', () => {
  const ask = (cookie: string) => call(server, cookie, repEndpoints.start, {}).then((answer) => answer.status)

  it('[SESS-01] after thirty minutes without use, and after eight hours in any case', async () => {
    const cookie = await server.signIn(await buildRep(server))
    for (let minutes = 25; minutes < 8 * 60; minutes += 25) {
      server.clock.at = new Date(morning.getTime() + minutes * 60_000)
      expect(await ask(cookie)).toBe(200)
    }
    server.clock.at = new Date(morning.getTime() + 8 * 3_600_000 + 1_000)
    expect(await ask(cookie)).toBe(401)
    server.clock.at = morning
    const idle = await server.signIn(await buildRep(server))
    server.clock.at = new Date(morning.getTime() + 31 * 60_000)
    expect(await ask(idle)).toBe(401)
  })

  it('[SESS-02] within two seconds when the rep left, on an instance that believed it a moment ago', async () => {
    const repId = await buildRep(server)
    const cookie = await server.signIn(repId)
    expect(await ask(cookie)).toBe(200)
    await server.db.transaction().execute((trx) => endSessionsOf(trx, repId, 'left', morning))
    server.clock.at = new Date(morning.getTime() + 1_001)
    expect(await ask(cookie)).toBe(401)
  })

  it('[SESS-03] at once when signing out, and the cookie goes', async () => {
    const cookie = await server.signIn(await buildRep(server))
    const out = await call(server, cookie, repEndpoints.signOut, {})
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(await ask(cookie)).toBe(401)
  })

  it('[SESS-05] at the next opening when the policy says "sign in every time"', async () => {
    const cookie = await server.signIn(await buildRep(server))
    await server.owner.updateTable('policy').set({ signInEveryTime: 1 }).execute()
    expect(await ask(cookie)).toBe(200)
    server.clock.at = new Date(morning.getTime() + 61_000)
    expect(await ask(cookie)).toBe(401)
    await server.owner.updateTable('policy').set({ signInEveryTime: 0 }).execute()
    expect(await ask(cookie)).toBe(200)
  })

  it('[SESS-04] a rep’s session opens no door of the office, nor the other way round', async () => {
    const repId = await buildRep(server, { roles: ['rep', 'auditor'] })
    const asConsole = (await server.signIn(repId, 'rep')).replace('vouch_rep', 'vouch_console')
    const asRep = (await server.signIn(repId, 'console')).replace('vouch_console', 'vouch_rep')
    expect((await fetch(`${server.url}/api/console/me`, { headers: { cookie: asConsole } })).status).toBe(401)
    expect(await ask(asRep)).toBe(401)
  })
})

describe('signing a page', () => {
  const sign = async (url: string) =>
    call(server, await server.signIn(await buildRep(server)), repEndpoints.sign, { url })

  it('[JS-01] signs our own page, for a session only', async () => {
    expect((await sign(`${publicUrl}/sidebar/?a=1#/list`)).status).toBe(200)
    expect((await call(server, '', repEndpoints.sign, { url: `${publicUrl}/sidebar/` })).status).toBe(401)
  })

  it.each([
    'https://evil.example/',
    'http://vouch.test.evil.example/',
    'http://vouch.test@evil.example/',
    'http://a:b@vouch.test/',
    'https://vouch.test/',
    'http://vouch.test:81/',
    'not an address',
  ])('[JS-02] signs nobody else’s page: %s', async (url) =>
    expect(await sign(url)).toMatchObject({ status: 400, body: { error: 'foreign_url', field: 'url' } }),
  )

  const start = async (url: string | null) =>
    (await call(server, await server.signIn(await buildRep(server)), repEndpoints.start, { url })).body

  it('[JS-03] the first list brings the signatures of our own page, and of no other', async () => {
    const ours = await start(`${publicUrl}/sidebar/`)
    expect(ours).toMatchObject({ signatures: { agent: { signature: expect.any(String) as string } } })
    for (const url of [null, 'https://evil.example/']) expect(await start(url)).toMatchObject({ signatures: null })
  })

  it('[JS-03] the first list does not wait for a ticket, nor fail with it', async () => {
    const { sign } = server.deps.wecom
    for (const absent of [() => new Promise<never>(() => {}), () => Promise.reject(new Error('no ticket'))]) {
      server.deps.wecom.sign = absent
      expect(await start(`${publicUrl}/sidebar/`)).toMatchObject({ signatures: null, pieces: [] })
    }
    server.deps.wecom.sign = sign
  })
})
