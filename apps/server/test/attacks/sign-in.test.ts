import { request } from 'node:http'
import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../builders.ts'
import { call, morning, startTestServer, type TestServer } from '../test-server.ts'
import { inAddress, metacharacters } from './payloads.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

type Said = { status: number; location: string | undefined; cookies: string[]; text: string }
/** A plain request, because fetch sends no Host of one's own choosing. */
function get(path: string, headers: Record<string, string> = {}): Promise<Said> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, { headers }, (answer) => {
      let text = ''
      answer.on('data', (part: Buffer) => (text += part.toString()))
      answer.on('end', () => {
        const { location, 'set-cookie': cookies = [] } = answer.headers
        resolve({ status: answer.statusCode ?? 0, location, cookies, text })
      })
    })
    sent.on('error', reject).end()
  })
}
const firstPart = (cookie: string) => cookie.split(';')[0]!
const sessionIn = ({ cookies }: Said) => cookies.map(firstPart).find((cookie) => cookie.startsWith('__Host-vouch_rep='))

/** Sets out to sign in; `browser` is the cookie that binds the state to it. */
async function setOut(next = '/sidebar/', headers: Record<string, string> = {}) {
  const out = await get(`/api/rep/sign-in?next=${inAddress(next)}`, headers)
  const state = new URL(out.location!).searchParams.get('state')!
  return { out, state, browser: firstPart(out.cookies[0]!) }
}
const comeBack = (code: string, state: string, cookie: string) =>
  get(`/api/rep/sign-in/return?code=${inAddress(code)}&state=${inAddress(state)}`, { cookie })

/** A code that WeCom gave for a rep of ours. */
async function codeOf(name: string): Promise<string> {
  const repId = await buildRep(server)
  const { wecomUserId } = await server.owner
    .selectFrom('person')
    .select('wecomUserId')
    .where('id', '=', repId)
    .executeTakeFirstOrThrow()
  server.told.codes.set(name, { kind: 'member', userId: wecomUserId })
  return name
}

describe('[A2] [A3] a code or a state used again', () => {
  it('the code in another sign-in, the state with another code, both from another browser: no session', async () => {
    const code = await codeOf('used')
    const first = await setOut()
    expect(sessionIn(await comeBack(code, first.state, first.browser))).toBeDefined()
    server.clock.at = new Date(morning.getTime() + 11_000)

    const second = await setOut()
    const other = await codeOf('other')
    const attempts = [
      { said: await comeBack(code, second.state, second.browser), status: 401 },
      { said: await comeBack(other, first.state, first.browser), status: 400 },
      { said: await comeBack(code, first.state, first.browser), status: 400 },
      { said: await comeBack(other, first.state, second.browser), status: 400 },
      { said: await comeBack(other, second.state, ''), status: 400 },
      { said: await comeBack(other, second.state, second.browser), status: 400 },
    ]
    for (const { said, status } of attempts) {
      expect(said.status).toBe(status)
      expect(sessionIn(said)).toBeUndefined()
      expect(said.location).toBeUndefined()
    }
  })

  it.each(metacharacters)('%j as state or code opens nothing and breaks nothing', async (text) => {
    const { state, browser } = await setOut()
    expect((await comeBack('code', text, browser)).status).toBe(400)
    expect((await comeBack(text, state, browser)).status).toBe(401)
    const twice = await get(`/api/rep/sign-in/return?state=${state}&state=${state}&code=a&code=b`, { cookie: browser })
    expect(twice.status).toBe(400)
  })
})

describe('[A4] somebody else’s code in the victim’s browser', () => {
  it('is refused whether the victim was signing in, is signed in, or never came', async () => {
    const attacker = await setOut()
    const code = await codeOf('attacker')
    const victim = await setOut()
    const signedIn = await server.signIn(await buildRep(server))
    for (const cookie of [victim.browser, signedIn, `${signedIn}; ${victim.browser}`, '']) {
      const said = await comeBack(code, attacker.state, cookie)
      expect([said.status, sessionIn(said)]).toEqual([400, undefined])
    }
    expect((await call(server, signedIn, repEndpoints.start, {})).status).toBe(200)
  })

  it('the browser’s own proof planted twice is no proof', async () => {
    const attacker = await setOut()
    const code = await codeOf('planted')
    const said = await comeBack(code, attacker.state, `${attacker.browser}; ${attacker.browser}`)
    expect([said.status, sessionIn(said)]).toEqual([400, undefined])
  })
})

describe('[A5] a way out of our pages', () => {
  const evil = [
    ...['https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil', 'https:evil', '/sidebar/..//evil'],
    ...['/sidebar/%2e%2e/%2fevil', '/sidebar/\t//evil', '/sidebar/\u2028//evil', '/sidebarevil', 'sidebar/', '@evil'],
    ...['/sidebar/?next=https://evil', '/sidebar/#@evil', '/sidebar/\r\nLocation: //evil', '/sidebar/;//evil', ''],
  ]
  it.each(evil)('next=%j ends on our own page', async (next) => {
    const headers = { host: 'a@evil.example', referer: 'https://evil.example/', 'x-forwarded-host': 'evil.example' }
    const { out, state, browser } = await setOut(next, headers)
    const oauth = new URL(out.location!)
    expect(oauth.origin).toBe('http://wecom.test')
    expect(new URL(oauth.searchParams.get('redirect_uri')!).origin).toBe('http://vouch.test')
    const code = await codeOf(`to ${next}`)
    const back = await comeBack(code, state, browser)
    expect(back.status).toBe(302)
    const landed = new URL(back.location!, 'http://vouch.test')
    expect([landed.origin, landed.pathname.startsWith('/sidebar/')]).toEqual(['http://vouch.test', true])
  })
})

describe('[A9] a session planted before', () => {
  it('is not taken over: the sign-in makes a new one, and the planted value stays nothing', async () => {
    const planted = `__Host-vouch_rep=${'p'.repeat(43)}`
    const { state, browser } = await setOut()
    const back = await comeBack(await codeOf('fixed'), state, `${browser}; ${planted}`)
    const session = sessionIn(back)!
    expect(session).not.toBe(planted)
    expect((await call(server, session, repEndpoints.start, {})).status).toBe(200)
    expect((await call(server, planted, repEndpoints.start, {})).status).toBe(401)
    for (const cookie of back.cookies) expect(cookie).toMatch(/^__Host-[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax/)
  })
})

describe('[A6] [A7] people who are not of the company', () => {
  it('are told so in both languages, with an audit entry and without a word about who they are', async () => {
    server.told.codes.set('outsider', { kind: 'contact', externalUserId: 'wm-canary', openId: 'openid-canary' })
    const { state, browser } = await setOut()
    const said = await comeBack('outsider', state, browser)
    expect([said.status, sessionIn(said)]).toEqual([403, undefined])
    expect(said.text).toContain('not_staff')
    expect(said.text + server.logged.join('')).not.toMatch(/canary/)
    const entry = server.owner.selectFrom('auditEntry').select(['subjectId', 'detail'])
    const entries = await entry.where('event', '=', 'rep.sign_in_refused').execute()
    expect(entries).toEqual([{ subjectId: 'unknown', detail: {} }])
  })
})
