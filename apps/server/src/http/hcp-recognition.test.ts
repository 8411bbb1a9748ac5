import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  buildAddressee,
  buildLink,
  createBrowser,
  findVisits,
  recognise,
  startLinkBench,
  type LinkBench,
} from '../../test/link-bench.ts'
import { call, publicUrl } from '../../test/test-server.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

const product = /三期研究摘要|研究|CN-2026-0417|无进展|\.webp|<img|og:|twitter:/

const tampered: { says: string; change: (token: string) => string }[] = [
  { says: 'with one letter changed', change: (token) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A') },
  { says: 'of another send', change: (token) => '01KAN0000000000000000000ZZ' + token.slice(26) },
  { says: 'cut short', change: (token) => token.slice(0, 30) },
  { says: 'made of nothing', change: () => 'abc' },
  { says: 'trying to be SQL', change: () => encodeURIComponent("' or 1=1 -- ") },
  { says: 'very long', change: (token) => token.repeat(20) },
]

describe('[A34] a browser nobody recognised', () => {
  test('sees who sent it and no product word, image or metadata', async () => {
    const { path } = await buildLink(server)
    const { status, text, headers } = await createBrowser(server).go(path)
    expect(status).toBe(200)
    expect(text).toContain('王磊（示例药业医药代表）给您准备了一份资料')
    expect(text).not.toMatch(product)
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('gets no page image and no video', async () => {
    const { path } = await buildLink(server)
    const browser = createBrowser(server)
    for (const way of ['/pages/1/480.webp', '/video']) {
      const { status, text } = await browser.go(path + way)
      expect(status).toBe(404)
      expect(text).not.toMatch(product)
    }
  })

  test('is counted as unknown, and a program that fetches previews as a preview', async () => {
    const { path, sendId } = await buildLink(server)
    await createBrowser(server).go(path)
    for (const agent of ['Mozilla/5.0 (compatible; Baiduspider/2.0)', 'WeChatLinkPreview/1.0']) {
      await createBrowser(server, { 'user-agent': agent }).go(path)
    }
    await vi.waitFor(async () =>
      expect((await findVisits(server, sendId)).sort()).toEqual(['preview', 'preview', 'unknown']),
    )
  })

  const phones = [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x1800323d) NetType/WIFI Language/zh_CN',
    'Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240501 MicroMessenger/8.0.50.2701(0x28003252) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64',
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh ColorScheme/Light',
    'Mozilla/5.0 (Linux; U; Android 13; zh-CN) AppleWebKit/537.36 Chrome/100 UCBrowser/15.5.0 Mobile Safari/537.36',
  ]
  const programs: { says: string; headers: Record<string, string> }[] = [
    ...['Mozilla/5.0 (compatible; Bytespider; spider-feedback@example.com)', 'Sogou web spider/4.0', 'curl/8.5.0'].map(
      (agent) => ({ says: agent, headers: { 'user-agent': agent } }),
    ),
    { says: 'facebookexternalhit/1.1', headers: { 'user-agent': 'facebookexternalhit/1.1' } },
    { says: 'WhatsApp/2.23', headers: { 'user-agent': 'WhatsApp/2.23.20 A' } },
    { says: 'a library without a name', headers: { 'user-agent': 'Mozilla/5.0' } },
    { says: 'a browser that fetches ahead', headers: { 'sec-purpose': 'prefetch;prerender' } },
    { says: 'a preview of Safari', headers: { 'x-purpose': 'preview' } },
    { says: 'an old Firefox fetching ahead', headers: { 'x-moz': 'prefetch' } },
  ]
  test.each(programs)('$says is a program', async ({ headers }) => {
    const { path, sendId } = await buildLink(server)
    expect((await createBrowser(server, headers).go(path)).text).not.toMatch(product)
    await vi.waitFor(async () => expect(await findVisits(server, sendId)).toEqual(['preview']))
  })
  test.each(phones)('%s is somebody’s browser', async (agent) => {
    const { path, sendId } = await buildLink(server)
    await createBrowser(server, { 'user-agent': agent }).go(path)
    await vi.waitFor(async () => expect(await findVisits(server, sendId)).toEqual(['unknown']))
  })
})

describe('[A35] an invented link', () => {
  test.each(tampered)('$says is answered like a genuine one, without the sender', async ({ change }) => {
    const { token } = await buildLink(server)
    const browser = createBrowser(server)
    server.counter.statements = 0
    const genuine = await browser.go(`/l/${token}`)
    await vi.waitFor(() => expect(server.counter.statements).toBe(2)) // the second is the visit, after the answer
    server.counter.statements = 0
    const invented = await browser.go(`/l/${change(token)}`)
    expect(server.counter.statements).toBe(1)
    expect(invented.status).toBe(200)
    expect(invented.text).toContain('示例药业的医药代表给一位医生准备了一份资料')
    expect(invented.text).not.toMatch(product)
    const names = (headers: Headers) => [...headers.keys()].filter((name) => name !== 'content-length').sort()
    expect(names(invented.headers)).toEqual(names(genuine.headers))
  })

  test('asks the database as often as a genuine one, whatever has become of the content', async () => {
    for (const piece of [{}, { state: 'withdrawn' as const }, { expiresAt: new Date('2020-01-01') }]) {
      const { path } = await buildLink(server, { piece })
      server.counter.statements = 0
      const { text } = await createBrowser(server, { 'user-agent': 'spider' }).go(path)
      expect(text).toContain('给您准备了一份资料')
      // The visit is written after the answer.
      await vi.waitFor(() => expect(server.counter.statements).toBe(2))
    }
  })

  test('leads nowhere, even for somebody WeChat knows', async () => {
    const browser = createBrowser(server)
    const path = `/l/${'x'.repeat(48)}`
    await recognise(server, browser, path, { kind: 'contact', externalUserId: 'wm-somebody', openId: 'o' })
    const { text } = await browser.go(path)
    expect(text).toContain('这份资料是发给另一位医生的')
    expect((await browser.post(`${path}/opened`, { openingId: crypto.randomUUID() })).status).toBe(404)
  })
})

describe('the reader’s own tap', () => {
  test('goes through silent OAuth, remembers the addressee for 180 days and opens the page', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    const visitor = { kind: 'contact' as const, externalUserId: link.externalUserId, openId: 'o' }
    const { out, answer } = await recognise(server, browser, link.path, visitor)
    expect(out.status).toBe(302)
    expect(out.headers.get('set-cookie')).toMatch(
      /^__Host-vouch_hcp_state=.*Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=600/,
    )
    expect(new URL(out.headers.get('location') ?? '').searchParams.get('redirect_uri')).toBe(`${publicUrl}/l/return`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(link.path)
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-vouch_reader=.*Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=15552000/,
    )
    expect((await browser.go(link.path)).text).toContain('三期研究摘要')
  })

  test('a second arrival within ten seconds is the same arrival, also while the first is under way', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    const visitor = { kind: 'contact' as const, externalUserId: link.externalUserId, openId: 'o' }
    const { returnTo } = await recognise(server, browser, link.path, visitor)
    const calls = server.told.calls.length
    const twins = await Promise.all(Array.from({ length: 5 }, () => browser.go(returnTo)))
    expect(twins.map((twin) => twin.headers.get('location'))).toEqual(Array(5).fill(link.path))
    expect(server.told.calls.length).toBe(calls)
    server.clock.at = new Date(server.clock.at.getTime() + 11_000)
    const late = await browser.go(returnTo)
    expect(late.status).toBe(400)
    expect(late.headers.get('set-cookie')).toBeNull()
  })

  test('[A3] a state that is missing, wrong or of another browser recognises nobody', async () => {
    const link = await buildLink(server)
    const { returnTo } = await recognise(server, createBrowser(server), link.path, undefined)
    for (const path of ['/l/return', '/l/return?code=a&state=b', returnTo]) {
      const answer = await createBrowser(server).go(path)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(answer.text).toContain('请回到聊天，重新点开链接')
    }
  })

  test('[A2] a code that WeCom refuses recognises nobody and offers to check again', async () => {
    const link = await buildLink(server)
    const { answer } = await recognise(server, createBrowser(server), link.path, undefined)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.text).toContain(`action="${link.path}/recognise"`)
  })

  test('while WeCom is down says so, loses nothing, and the same page loaded again goes on', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    server.told.down = true
    const visitor = { kind: 'contact' as const, externalUserId: link.externalUserId, openId: 'o' }
    const { answer, returnTo } = await recognise(server, browser, link.path, visitor)
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('现在核对不了身份')
    expect(answer.text).not.toMatch(product)
    server.told.down = false
    expect((await browser.go(returnTo)).headers.get('location')).toBe(link.path)
  })

  test('[A10] is not taken from another site', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    for (const origin of ['https://evil.test', 'null', '']) {
      const answer = await browser.tap(`${link.path}/recognise`, '', 'application/x-www-form-urlencoded', { origin })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('location')).toBeNull()
    }
  })

  test('is not taken without end', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    const answers = await Promise.all(Array.from({ length: 40 }, () => browser.form(`${link.path}/recognise`)))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBe(10)
    expect(refused[0]?.text).toContain('打开得太频繁了')
  })
})

describe('[A34] other people are told apart and see no product', () => {
  const others = [
    {
      says: 'another doctor',
      visitor: { kind: 'contact', externalUserId: 'wm-other', openId: 'o' },
      counted: 'other',
      page: '这份资料是发给另一位医生的',
    },
    {
      says: 'a stranger or a snapshot',
      visitor: { kind: 'stranger', openId: 'o' },
      counted: 'stranger',
      page: '没有认出您是收件人',
    },
    {
      says: 'a colleague of the company',
      visitor: { kind: 'member', userId: 'somebody' },
      counted: 'rep',
      page: '您是公司成员',
    },
  ] as const

  test.each(others)('$says', async ({ visitor, counted, page }) => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    const { answer } = await recognise(server, browser, link.path, visitor)
    const shown = answer.status === 302 ? await browser.go(link.path) : answer
    expect(shown.text).toContain(page)
    expect(shown.text).toContain('LNK-03')
    expect(shown.text).toContain('我就是收件人，重新核对')
    expect(shown.text).not.toMatch(product)
    await vi.waitFor(async () => expect(await findVisits(server, link.sendId)).toEqual([counted]))

    const told = await server.db.selectFrom('auditEntry').selectAll().where('subjectId', '=', link.sendId).execute()
    expect(told).toMatchObject([{ event: 'link.opened_by_other', accountId: link.accountId }])
    expect(JSON.stringify(told)).not.toMatch(/张伟|王磊|摘要/)
  })

  test('the rep is told once a day for a link, without a name, and sees it in the history', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    await recognise(server, browser, link.path, { kind: 'contact', externalUserId: 'wm-other', openId: 'o' })
    const notices = () =>
      server.db.selectFrom('outbox').select(['kind', 'body']).where('toPerson', '=', link.repId).execute()
    await Promise.all(Array.from({ length: 10 }, () => browser.go(link.path)))
    await vi.waitFor(async () => expect(await findVisits(server, link.sendId)).toHaveLength(10))
    expect(await notices()).toMatchObject([{ kind: 'leak' }])
    expect((await notices())[0]?.body).toContain('张*')
    expect((await notices())[0]?.body).not.toMatch(/wm-other|张伟|摘要/)

    const before = server.clock.at
    server.clock.at = new Date(before.getTime() + 86_400_000)
    await browser.go(link.path)
    await vi.waitFor(async () => expect(await notices()).toHaveLength(2))

    const cookie = await server.signIn(link.repId)
    const asked = { externalUserId: link.externalUserId }
    const { body } = await call(server, cookie, repEndpoints.history, asked)
    expect(body.sends).toMatchObject([
      {
        visits: { addressee: 0, rep: 0, others: 11, unknown: 0, programs: 0, othersAt: server.clock.at.toISOString() },
      },
    ])
    expect(JSON.stringify(body)).not.toContain('wm-other')
    server.clock.at = before
  })

  test('a snapshot page is nobody, whatever WeCom says besides, and no leak', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    const { answer } = await recognise(server, browser, link.path, { kind: 'snapshot' })
    expect(answer.text).toContain('没有认出您是收件人')
    expect(answer.text).toContain('快照')
    expect(answer.headers.get('set-cookie') ?? '').not.toContain('vouch_reader')
    await vi.waitFor(async () => expect(await findVisits(server, link.sendId)).toEqual(['snapshot']))
    for (const table of ['auditEntry', 'outbox'] as const) {
      const rows = server.db.selectFrom(table).select('id')
      expect(await rows.where('subjectId', '=', link.sendId).execute()).toEqual([])
    }
    expect((await browser.go(link.path)).text).not.toMatch(product)
    expect((await browser.post(`${link.path}/opened`, { openingId: crypto.randomUUID() })).status).toBe(404)
  })

  test('fetching ahead in another doctor’s browser is a program’s look, and no leak', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, await buildLink(server))
    await browser.go(link.path, { headers: { purpose: 'prefetch' } })
    await vi.waitFor(async () => expect(await findVisits(server, link.sendId)).toEqual(['preview']))
  })

  test('the sender looking at their own link is counted, and no leak', async () => {
    const link = await buildLink(server)
    const { wecomUserId } = await server.db
      .selectFrom('person')
      .select('wecomUserId')
      .where('id', '=', link.repId)
      .executeTakeFirstOrThrow()
    const { answer } = await recognise(server, createBrowser(server), link.path, {
      kind: 'member',
      userId: wecomUserId.toUpperCase(),
    })
    expect(answer.text).toContain('您是公司成员')
    await vi.waitFor(async () => expect(await findVisits(server, link.sendId)).toEqual(['rep']))
    expect(
      await server.db.selectFrom('auditEntry').select('id').where('subjectId', '=', link.sendId).execute(),
    ).toEqual([])
  })

  test('another doctor can neither open pages nor report an opening', async () => {
    const [link, others] = [await buildLink(server), await buildLink(server)]
    const browser = await buildAddressee(server, others)
    expect((await browser.go(`${link.path}/pages/1/480.webp`)).status).toBe(404)
    expect((await browser.post(`${link.path}/opened`, { openingId: crypto.randomUUID() })).status).toBe(404)
    expect((await browser.form(`${link.path}/ask-new`)).status).toBe(302)
    expect(await server.db.selectFrom('fact').select('kind').where('sendId', '=', link.sendId).execute()).toEqual([])
  })

  test('a cookie that was changed, is of another use or is too old recognises nobody', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const name = '__Host-vouch_reader'
    const good = browser.cookies.get(name) ?? ''
    const forged = [good.slice(0, -2), server.deps.secrets.signCookie(link.externalUserId), `${good}x`, 'x']
    for (const value of forged) {
      browser.cookies.set(name, value)
      expect((await browser.go(link.path)).text).not.toMatch(product)
    }
    browser.cookies.set(name, good)
    server.clock.at = new Date(server.clock.at.getTime() + 181 * 86_400_000)
    expect((await browser.go(link.path)).text).not.toMatch(product)
    server.clock.at = new Date(server.clock.at.getTime() - 181 * 86_400_000)
  })
})

test('no token, id or name of a person is in the log', async () => {
  const link = await buildLink(server)
  const browser = await buildAddressee(server, link)
  await browser.go(link.path)
  await browser.go(`${link.path}/pages/99/480.webp`)
  const logged = server.logged.join('\n')
  for (const secret of [link.token, link.externalUserId, '张伟', '王磊', link.accountId])
    expect(logged).not.toContain(secret)
})
