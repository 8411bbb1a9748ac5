import { matchingEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { endpointTable } from '../../src/http/serve.ts'
import { buildContact, buildOrdinary, buildPiece, buildRep, changePiece } from '../builders.ts'
import { buildAddressee, buildLink, createBrowser, recognise, startLinkBench, type LinkBench } from '../link-bench.ts'
import { morning, post, publicUrl, call } from '../test-server.ts'
import { inAddress, metacharacters } from './payloads.ts'
import { buildAttacker, sampleOf } from './samples.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

const markup = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'`
/** What would run, or break out of where it stands, if it were taken for a page. */
const alive = /<script>alert|<img src=x|onerror=alert\(1\)>/

describe('[A27] the log', () => {
  it('is one line of JSON a request, whatever the address, the headers and the body say', async () => {
    const { cookie } = await buildAttacker(server, matchingEndpoints.findAccounts)
    server.logged.length = 0
    let asked = 0
    for (const text of metacharacters) {
      const header = inAddress(text).replaceAll('%', '\\x')
      const headers = { 'user-agent': header, referer: header, 'x-request-id': header, 'x-forwarded-for': header }
      await post(server, cookie, `/api/rep/none/${inAddress(text)}`, JSON.stringify({ query: text }), {
        headers,
      })
      await post(
        server,
        cookie,
        matchingEndpoints.findAccounts.path,
        JSON.stringify({ query: text, externalUserId: null, [text]: 1 }),
        {
          headers,
        },
      )
      await fetch(`${server.url}/l/${inAddress(text)}?${inAddress(text)}=1`, { headers })
      asked += 3
    }
    const lines = server.logged.map((line) => JSON.parse(line) as { msg: string; requestId?: string })
    expect(lines.filter((line) => line.msg === 'request')).toHaveLength(asked)
    // oxlint-disable-next-line no-control-regex
    const unseen = ['\u007f', '\u2028', '\u202e', '\u2066']
    for (const line of server.logged) {
      const odd = [...line.trimEnd()].filter((sign) => sign < ' ' || unseen.includes(sign))
      expect(odd, line).toEqual([])
    }
    const everything = server.logged.join('')
    for (const piece of ['alert(1)', 'drop table', 'jndi', 'owned']) expect(everything).not.toContain(piece)
    for (const line of lines) if (line.requestId) expect(line.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('[A28] words that are markup', () => {
  it('leave as JSON only, with a type nobody guesses around, from every endpoint', async () => {
    const rep = await buildOrdinary(server)
    await server.owner
      .updateTable('account')
      .set({ name: markup.slice(0, 60), title: '<script>alert(1)</script>', department: markup.slice(0, 60) })
      .where('id', '=', rep.accountId)
      .execute()
    await server.owner.updateTable('person').set({ name: markup }).where('id', '=', rep.repId).execute()
    const words = { title: markup, cardTitle: markup, cardDesc: markup, fileName: markup, body: markup }
    await changePiece(server, rep.contentItemId, words)
    const unknown = await buildContact(server, rep.repId, null)
    await server.owner.updateTable('externalContact').set({ nickname: markup }).execute()
    await server.owner.updateTable('contactFollow').set({ remark: markup }).where('repId', '=', rep.repId).execute()
    const entry = 'single_chat_tools' as const
    const { contentItemId } = rep
    const answers = [
      await call(server, rep.cookie, repEndpoints.start, {}),
      await call(server, rep.cookie, repEndpoints.openChat, { externalUserId: rep.externalUserId, entry }),
      await call(server, rep.cookie, repEndpoints.openChat, { externalUserId: unknown, entry }),
      await call(server, rep.cookie, repEndpoints.preview, { externalUserId: rep.externalUserId, contentItemId }),
      await call(server, rep.cookie, repEndpoints.findContacts, {}),
      await post(server, rep.cookie, matchingEndpoints.findAccounts.path, JSON.stringify({ query: '', [markup]: 1 })),
      await post(server, rep.cookie, `/api/rep/${encodeURIComponent(markup)}`, markup),
    ]
    for (const { headers, body } of answers) {
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(typeof body).toBe('object')
    }
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 400, 404])
    expect(answers[1]!.body.contact.account.name).toBe(markup.slice(0, 60))
  })

  it('are text on the doctor’s pages, before and after recognition', async () => {
    const link = await buildLink(server, {
      piece: { title: markup, shortTitle: markup, approvalNumber: '<script>alert(1)', fileName: markup },
      rep: { name: markup },
      account: { name: markup },
    })
    await server.owner
      .updateTable('contentPage')
      .set({ text: markup })
      .where('contentItemId', '=', link.contentItemId)
      .execute()
    const stranger = await createBrowser(server).go(link.path)
    const reader = await buildAddressee(server, link)
    const page = await reader.go(link.path)
    const other = await recognise(server, createBrowser(server), link.path, {
      kind: 'contact',
      externalUserId: 'wm-x',
      openId: 'o',
    })
    for (const { text, headers } of [stranger, page, other.answer]) {
      expect(text).not.toMatch(alive)
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect(page.text).toContain('&lt;script&gt;alert(1)')
  })

  it('are not echoed by a sign-in that goes wrong', async () => {
    for (const face of ['rep', 'console']) {
      const address = `/api/${face}/sign-in/return?code=${encodeURIComponent(markup)}&state=${encodeURIComponent(markup)}`
      const answer = await fetch(server.url + address, { headers: { cookie: `x=${encodeURIComponent(markup)}` } })
      expect(await answer.text()).not.toMatch(alive)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })
})

describe('[A31] every answer', () => {
  it('says that it is nobody else’s, is in no frame, is kept by no cache and is no script', async () => {
    const link = await buildLink(server)
    const { cookie, known } = await buildAttacker(server, repEndpoints.openChat)
    const office = await server.signIn(await buildRep(server, { roles: ['auditor'] }), 'console')
    const answers: [string, Headers][] = []
    for (const endpoint of endpointTable.filter((candidate) => !candidate.path.endsWith('/sign-out'))) {
      for (const key of [endpoint.caller === 'console' ? office : cookie, '']) {
        const body = JSON.stringify(sampleOf(endpoint, known))
        answers.push([
          endpoint.path,
          (await post(server, key, endpoint.path, body, { method: endpoint.method })).headers,
        ])
      }
    }
    const gets = ['/healthz', '/api/rep/sign-in', '/api/rep/sign-in/return', '/api/none', '/l/none', link.path]
    for (const path of gets) answers.push([path, (await fetch(server.url + path, { redirect: 'manual' })).headers])
    for (const [path, headers] of answers) {
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toMatch(/no-referrer|same-origin/)
      expect(headers.get('cross-origin-opener-policy'), path).toMatch(/same-origin/)
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors/)
      expect(headers.get('access-control-allow-origin'), path).toBeNull()
      if (path.startsWith('/api/rep/') || path.startsWith('/api/console/') || path.startsWith('/l/'))
        expect(headers.get('cache-control'), path).toContain('no-store')
    }
  })
})

describe('[A33] secrets', () => {
  it('stand in no answer and in no line of the log', async () => {
    const { config, secrets } = server.deps
    const rep = await buildOrdinary(server)
    const link = await buildLink(server)
    const office = await server.signIn(await buildRep(server, { roles: ['auditor'] }), 'console')
    const [accessToken, ticket] = ['access-token-canary', 'ticket-canary']
    for (const [name, value] of [
      ['access_token', accessToken],
      ['app_ticket', ticket],
    ] as const) {
      const row = { name, sealedValue: secrets.seal(value), expiresAt: new Date('2099-01-01') }
      const never = { refreshingBy: null, refreshingUntil: morning, blockedUntil: morning, problem: null }
      await server.db
        .insertInto('wecomCredential')
        .values({ ...row, ...never })
        .execute()
    }
    await buildPiece(server)
    const texts: string[] = []
    const read = async (path: string, init: RequestInit) => {
      const answer = await fetch(server.url + path, { redirect: 'manual', ...init })
      texts.push(JSON.stringify([...answer.headers]), await answer.text())
    }
    const known = { ...rep, url: `${publicUrl}/sidebar/` }
    for (const endpoint of endpointTable.filter((candidate) => !candidate.path.endsWith('/sign-out'))) {
      const cookie = endpoint.caller === 'console' ? office : rep.cookie
      const headers = { cookie, origin: publicUrl, 'content-type': 'application/json' }
      const body = endpoint.method === 'POST' ? { body: JSON.stringify(sampleOf(endpoint, known)) } : {}
      await read(endpoint.path, { method: endpoint.method, headers, ...body })
    }
    const pages = [
      '/openapi.json',
      '/healthz',
      '/readyz',
      '/metrics',
      '/sidebar/',
      '/console/',
      '/api/rep/none',
      link.path,
    ]
    for (const path of pages) await read(path, { headers: { cookie: rep.cookie } })
    expect(texts.length).toBeGreaterThan(30)

    const hidden = {
      ...{ agentSecret: config.WECOM_AGENT_SECRET, key: config.SECRET_KEY, callback: config.WECOM_CALLBACK_TOKEN },
      ...{ aesKey: config.WECOM_CALLBACK_AES_KEY, database: config.DATABASE_URL },
      ...{ accessToken, ticket, session: rep.cookie.split('=')[1]!, office: office.split('=')[1]! },
    }
    const said = texts.join('\n')
    const logged = server.logged.join('\n')
    for (const [name, value] of Object.entries(hidden)) {
      expect(said.includes(value), `${name} in an answer`).toBe(false)
      expect(logged.includes(value), `${name} in the log`).toBe(false)
    }
    expect(logged.includes(link.token), 'link in the log').toBe(false)
  })
})
