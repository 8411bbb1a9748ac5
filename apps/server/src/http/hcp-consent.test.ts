import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  buildAddressee,
  buildLink,
  changePiece,
  createBrowser,
  findVisits,
  recognise,
  startLinkBench,
  state,
  type Browser,
  type Link,
  type LinkBench,
} from '../../test/link-bench.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
  await writeText(2, 'receive', ['用到姓名', '保存 3 年'], '## 谁\n示例药业。')
  await writeText(3, 'reading_record', ['看了哪些页'], '只在您同意时记录。')
})
afterAll(() => server.stop())

const longAgo = new Date('2026-01-01T00:00:00.000Z')

async function writeText(version: number, purpose: string, summary: string[], body: string, activeFrom = longAgo) {
  for (const language of ['zh-CN', 'en-US'])
    await server.owner
      .insertInto('consentText')
      .values({
        ...{ version, language, purpose, body, summary: summary.join('\n'), title: `同意书 ${language}` },
        ...{ hash: String(version).repeat(64).slice(0, 64), material: 1, activeFrom },
      } as never)
      .execute()
}

/** The link of an invitation to a doctor who was never asked. */
async function buildInvitation() {
  const piece = { class: 'consent', kind: 'article', title: '同意邀请', body: '<h2>邀请</h2>' } as const
  const link = await buildLink(server, { receive: null, pages: 0, piece })
  const fact = { kind: 'A', factId: link.sendId, author: link.repId, at: server.clock.at, clientAt: null } as const
  await server.db
    .insertInto('fact')
    .values({ sendId: link.sendId, seenExternalUserId: null, ...fact })
    .execute()
  return link
}

/** What the form on a page would send, with these boxes ticked. */
function fill(page: string, answer: 'agree' | 'decline', ticked: string[]): string {
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const form = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]))
  for (const one of ticked) form.append('agree', one)
  form.append('answer', answer)
  return form.toString()
}

const said = (accountId: string) =>
  server.db
    .selectFrom('consent')
    .select(['purpose', 'statement', 'textVersion', 'textHash', 'language', 'channel', 'identity', 'evidence'])
    .where('accountId', '=', accountId)
    .orderBy('purpose')
    .orderBy('statedAt')
    .orderBy('id')
    .execute()
const words = async (accountId: string) => (await said(accountId)).map((row) => `${row.purpose} ${row.statement}`)

/** Follows the silent question of WeChat and comes back as somebody. */
async function comeBack(browser: Browser, out: Awaited<ReturnType<Browser['form']>>, externalUserId: string) {
  expect(out.status).toBe(302)
  const code = crypto.randomUUID()
  server.told.codes.set(code, { kind: 'contact', externalUserId, openId: 'o' })
  const oauth = new URL(out.headers.get('location') ?? '')
  const back = new URL(oauth.searchParams.get('redirect_uri') ?? '')
  const path = `${back.pathname}?code=${code}&state=${oauth.searchParams.get('state') ?? ''}`
  return { path, answer: await browser.go(path) }
}

describe('the consent page', () => {
  test('shows its text to a browser nobody knows, both boxes empty, no name, no script, both answers alike', async () => {
    const { path } = await buildInvitation()
    const { status, text } = await createBrowser(server).go(path)
    expect(status).toBe(200)
    for (const part of [
      '医生，您好',
      '王磊（示例药业医药代表）',
      '用到姓名',
      '保存 3 年',
      '接收医学资料',
      '记录我的阅读情况',
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/checked|张伟|<script|同意邀请/)
    expect(text.match(/type="checkbox"/g)).toHaveLength(2)
    const [agree, decline] = [...text.matchAll(/<button class="([^"]+)" name="answer" value="(?:agree|decline)"/g)]
    expect(agree?.[1]).toBe(decline?.[1])
  })

  test('greets the addressee whose browser is known, and is shown in English when asked for', async () => {
    const link = await buildInvitation()
    const browser = await buildAddressee(server, link)
    expect((await browser.go(link.path)).text).toContain('张伟医生，您好')
    const english = await browser.go(`${link.path}?lang=en-US`)
    expect(english.text).toContain('Receive medical material')
  })

  test('counts a look by a program as a preview and by anybody as unknown, and neither as an answer', async () => {
    const link = await buildInvitation()
    await createBrowser(server, { 'user-agent': 'ExampleBot/1.0 link preview' }).go(link.path)
    await createBrowser(server).go(link.path)
    await vi.waitFor(async () => expect((await findVisits(server, link.sendId)).sort()).toEqual(['preview', 'unknown']))
    expect(await said(link.accountId)).toEqual([])
  })
})

describe('an answer', () => {
  test('asks WeChat who gives it, keeps what was ticked, and records each purpose by itself with its evidence', async () => {
    const link = await buildInvitation()
    const browser = createBrowser(server)
    const page = await browser.go(link.path)
    const out = await browser.form(`${link.path}/consent`, fill(page.text, 'agree', ['receive', 'reading_record']))
    const { answer } = await comeBack(browser, out, link.externalUserId)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, link.path])

    const rows = await said(link.accountId)
    expect(rows).toMatchObject([
      { purpose: 'reading_record', statement: 'opted_in', textVersion: 3, textHash: '3'.repeat(64) },
      { purpose: 'receive', statement: 'opted_in', textVersion: 2, language: 'zh-CN', channel: 'link' },
    ])
    expect(rows[1]?.identity).toBe('wechat_oauth')
    expect(JSON.parse(rows[1]?.evidence ?? '{}')).toMatchObject({
      ...{ externalUserId: link.externalUserId, sendId: link.sendId, repId: link.repId, browser: 'wechat phone' },
    })
    const thanks = (await browser.go(link.path)).text
    for (const part of ['已记录：您同意接收医学资料', '同意书 v2', '由示例药业保存；王磊会看到', '想撤回'])
      expect(thanks).toContain(part)
    const facts = await server.db.selectFrom('fact').select('kind').where('sendId', '=', link.sendId).execute()
    expect(facts.map(({ kind }) => kind).sort()).toEqual(['A', 'O'])
  })

  test('is recorded at once in a browser that is remembered, with WeCom down, and what was left empty is a no', async () => {
    const link = await buildInvitation()
    const browser = await buildAddressee(server, link)
    const page = await browser.go(`${link.path}?qr`)
    server.told.down = true
    const answer = await browser.form(`${link.path}/consent`, fill(page.text, 'agree', ['receive']))
    server.told.down = false
    expect(answer.status).toBe(303)
    expect(await words(link.accountId)).toEqual(['reading_record declined', 'receive opted_in'])
    expect((await said(link.accountId))[0]).toMatchObject({ channel: 'qr', identity: 'remembered' })
  })

  test('of no is recorded whatever was ticked, is not asked again, and can be changed by whoever opens it', async () => {
    const link = await buildInvitation()
    const browser = await buildAddressee(server, link)
    const page = await browser.go(link.path)
    await browser.form(`${link.path}/consent`, fill(page.text, 'decline', ['receive']))
    expect(await words(link.accountId)).toEqual(['reading_record declined', 'receive declined'])
    const { text } = await browser.go(link.path)
    for (const part of ['已记录：您暂不同意', '之前不会再问您', `href="${link.path}/consent"`])
      expect(text).toContain(part)
    expect((await browser.go(`${link.path}/consent`)).text).toContain('name="answer"')
  })

  test('without the first box says what is missing, keeps the other, asks nobody and records nothing', async () => {
    const link = await buildInvitation()
    const browser = createBrowser(server)
    const page = await browser.go(link.path)
    const answer = await browser.form(`${link.path}/consent`, fill(page.text, 'agree', ['reading_record']))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('还没有记录。要接收资料，请先勾选')
    expect(answer.text).toMatch(/value="reading_record" checked/)
    expect(await said(link.accountId)).toEqual([])
  })

  test('by another doctor, a stranger or a colleague is not recorded; the page is neutral and the leak is told', async () => {
    const link = await buildInvitation()
    const browser = createBrowser(server)
    const page = await browser.go(link.path)
    const filled = fill(page.text, 'agree', ['receive'])
    const out = await browser.form(`${link.path}/consent`, filled)
    const { answer } = await comeBack(browser, out, 'wm-another')
    expect(answer.text).toContain('这份资料是发给另一位医生的')
    expect((await browser.form(`${link.path}/consent`, filled)).text).toContain('这份资料是发给另一位医生的')
    expect(await said(link.accountId)).toEqual([])
    await vi.waitFor(async () => expect(await findVisits(server, link.sendId)).toEqual(['unknown', 'other', 'other']))
    const told = await server.db.selectFrom('auditEntry').select('event').where('subjectId', '=', link.sendId).execute()
    expect(told.map(({ event }) => event)).toEqual(['link.opened_by_other', 'link.opened_by_other'])
  })

  test('ten times at once, from two tabs, by the back button and on the way back is one statement', async () => {
    const link = await buildInvitation()
    const browser = await buildAddressee(server, link)
    const tabs = [await browser.go(link.path), await browser.go(link.path)]
    const sent = Array.from({ length: 10 }, (_, index) =>
      browser.form(`${link.path}/consent`, fill(tabs[index % 2]?.text ?? '', 'agree', ['receive'])),
    )
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array(10).fill(303))
    await browser.form(`${link.path}/consent`, fill(tabs[1]?.text ?? '', 'agree', ['receive']))
    expect(await words(link.accountId)).toEqual(['reading_record declined', 'receive opted_in'])

    const other = await buildInvitation()
    const unknown = createBrowser(server)
    const page = await unknown.go(other.path)
    const out = await unknown.form(`${other.path}/consent`, fill(page.text, 'agree', ['receive']))
    const { path } = await comeBack(unknown, out, other.externalUserId)
    expect((await unknown.go(path)).status).toBe(303)
    expect(await words(other.accountId)).toEqual(['reading_record declined', 'receive opted_in'])
  })

  test('given again from a page older than a withdrawal does not undo the withdrawal', async () => {
    const link = await buildInvitation()
    const browser = await buildAddressee(server, link)
    const stale = fill((await browser.go(link.path)).text, 'agree', ['receive'])
    await browser.form(`${link.path}/consent`, stale)
    await browser.form('/me/withdraw')
    await browser.form(`${link.path}/consent`, stale)
    expect((await words(link.accountId)).at(-1)).toBe('receive opted_out')
    expect((await browser.go(link.path)).text).toContain('您已撤回同意')
  })

  test('[A10] is not taken from another site, nor in another form', async () => {
    const link = await buildInvitation()
    const browser = await buildAddressee(server, link)
    const body = fill((await browser.go(link.path)).text, 'agree', ['receive'])
    const form = 'application/x-www-form-urlencoded'
    const foreign = await browser.tap(`${link.path}/consent`, body, form, { origin: 'https://evil.test' })
    expect(foreign.status).toBe(403)
    expect((await browser.tap(`${link.path}/consent`, '{}', 'application/json')).status).toBe(400)
    expect((await browser.form(`${link.path}/consent`, 'answer=agree&agree=everything')).status).toBe(400)
    expect(await said(link.accountId)).toEqual([])
  })

  test('to a link that is over, invented or no invitation records nothing', async () => {
    const link = await buildInvitation()
    const piece = await buildLink(server)
    const body = fill((await createBrowser(server).go(link.path)).text, 'agree', ['receive'])
    await changePiece(server, link, { state: 'withdrawn', endedAt: server.clock.at })
    for (const { path, accountId, before } of [
      { ...link, before: [] },
      { ...piece, before: ['receive opted_in'] },
    ]) {
      const browser = await buildAddressee(server, path === link.path ? link : piece)
      expect((await browser.form(`${path}/consent`, body)).status).toBe(303)
      expect(await words(accountId)).toEqual(before)
    }
    expect((await createBrowser(server).form(`/l/${'x'.repeat(48)}/consent`, body)).status).toBe(303)
  })
})

describe('a text that was replaced between showing and answering', () => {
  test('is shown again with what changed and what was ticked; nothing is recorded, at once or on the way back', async () => {
    const [known, unknown] = [await buildInvitation(), await buildInvitation()]
    const browser = await buildAddressee(server, known)
    const stranger = createBrowser(server)
    const filled = fill((await browser.go(known.path)).text, 'agree', ['receive', 'reading_record'])
    const out = await stranger.form(
      `${unknown.path}/consent`,
      fill((await stranger.go(unknown.path)).text, 'agree', ['receive']),
    )
    await writeText(4, 'receive', ['用到姓名', '保存 5 年'], '## 谁\n示例药业。', server.clock.at)

    const answer = await browser.form(`${known.path}/consent`, filled)
    expect(answer.status).toBe(409)
    for (const part of ['说明刚换了新版', '保存 5 年', '保存 3 年', 'name="shown_receive" value="4"'])
      expect(answer.text).toContain(part)
    expect(answer.text.match(/checked/g)).toHaveLength(2)
    const back = await comeBack(stranger, out, unknown.externalUserId)
    expect(back.answer.status).toBe(409)
    expect(back.answer.text).toContain('说明刚换了新版')
    for (const { accountId } of [known, unknown]) expect(await said(accountId)).toEqual([])

    await browser.form(`${known.path}/consent`, fill(answer.text, 'agree', ['receive', 'reading_record']))
    expect(await words(known.accountId)).toEqual(['reading_record opted_in', 'receive opted_in'])
  })
})

const oldLinks: { says: string; end: (link: Link) => Promise<unknown> }[] = [
  { says: 'in force', end: async () => undefined },
  { says: 'that expired', end: (link) => changePiece(server, link, { expiresAt: server.clock.at }) },
  { says: 'that was withdrawn', end: (link) => changePiece(server, link, { state: 'withdrawn' }) },
  {
    says: 'that was taken back',
    end: ({ sendId, repId }) =>
      server.db.insertInto('linkRevocation').values({ sendId, revokedBy: repId, revokedAt: server.clock.at }).execute(),
  },
]

describe('withdrawing', () => {
  test.each(oldLinks)(
    'from the foot of a link $says takes two taps and needs neither WeCom nor a job',
    async ({ end }) => {
      const link = await buildLink(server)
      await state(server, link.accountId, 'reading_record', 'opted_in')
      const browser = await buildAddressee(server, link)
      await end(link)
      server.told.down = true
      server.clock.at = new Date(server.clock.at.getTime() + 1_000)
      const foot = (await browser.go(link.path)).text
      // Tap one opens the part, tap two says it; giving takes a tick and a tap at least.
      expect(foot).toMatch(/<details class="withdraw"><summary>撤回同意<\/summary>.*action="\/me\/withdraw"><button/s)
      const answers = await Promise.all(Array.from({ length: 10 }, () => browser.form('/me/withdraw')))
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303))
      server.told.down = false
      expect((await words(link.accountId)).filter((one) => one.endsWith('opted_out'))).toHaveLength(2)

      const done = (await browser.go('/me/withdrawn')).text
      for (const part of [
        '已撤回同意',
        '2026-05-13',
        '不再给您发医学资料',
        '不再记录您看了哪些页',
        'href="/me/consent"',
      ])
        expect(done).toContain(part)
      const after = (await browser.go(link.path)).text
      expect(after).not.toContain('无进展生存期')
    },
  )

  test('in a browser nobody knows asks WeChat on the way, as giving does, and no more', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    expect((await browser.go(link.path)).text).toContain('action="/me/withdraw"')
    const { answer } = await comeBack(browser, await browser.form('/me/withdraw'), link.externalUserId)
    expect(answer.headers.get('location')).toBe('/me/withdrawn')
    expect((await words(link.accountId)).at(-1)).toBe('receive opted_out')
    expect((await said(link.accountId)).at(-1)).toMatchObject({ channel: 'own_page', identity: 'wechat_oauth' })
  })

  test('by somebody who is no contact records nothing and says where to turn', async () => {
    const browser = createBrowser(server)
    const code = crypto.randomUUID()
    server.told.codes.set(code, { kind: 'stranger', openId: 'o' })
    const oauth = new URL((await browser.form('/me/withdraw')).headers.get('location') ?? '')
    const answer = await browser.go(`/l/return?code=${code}&state=${oauth.searchParams.get('state') ?? ''}`)
    expect(answer.text).toContain('没有认出您，什么都没有记录')
  })

  test('of one purpose leaves the other, twice changes nothing, and agreeing again is the ordinary way', async () => {
    const link = await buildLink(server)
    await state(server, link.accountId, 'reading_record', 'opted_in')
    const browser = await buildAddressee(server, link)
    server.clock.at = new Date(server.clock.at.getTime() + 1_000)
    for (const _ of [1, 2]) await browser.form('/me/withdraw', 'purpose=reading_record')
    expect(await words(link.accountId)).toEqual([
      'reading_record opted_in',
      'reading_record opted_out',
      'receive opted_in',
    ])
    await browser.form('/me/withdraw')
    const ask = await browser.go('/me/consent')
    expect(ask.text).not.toContain('checked')
    const answer = await browser.form('/me/consent', fill(ask.text, 'agree', ['receive']))
    expect(answer.headers.get('location')).toBe('/me/decided')
    expect((await said(link.accountId)).at(-1)).toMatchObject({ statement: 'opted_in', channel: 'own_page' })
    expect((await browser.go('/me/decided')).text).toContain('已记录：您同意接收医学资料')
  })
})

test('a piece that was sent and not opened is offered after consent was given again', async () => {
  const link = await buildLink(server)
  const browser = await buildAddressee(server, link)
  await browser.form('/me/withdraw')
  const ask = await browser.go('/me/consent')
  await browser.form('/me/consent', fill(ask.text, 'agree', ['receive']))
  const { text } = await browser.go('/me/decided')
  expect(text).toContain(`href="${link.path}"`)
  expect(text).toContain('三期研究摘要')
})

test('no token, id, name or choice is in the log or in an address', async () => {
  const link = await buildInvitation()
  const browser = createBrowser(server)
  const page = await browser.go(link.path)
  const out = await browser.form(`${link.path}/consent`, fill(page.text, 'agree', ['receive']))
  expect(out.headers.get('location')).not.toMatch(/receive|agree|张伟/)
  const { answer } = await comeBack(browser, out, link.externalUserId)
  expect(answer.headers.get('location')).toBe(link.path)
  await browser.form('/me/withdraw')
  await recognise(server, browser, link.path, undefined)
  const logged = server.logged.join('\n')
  for (const secret of [link.token, link.externalUserId, link.accountId, '张伟', '王磊'])
    expect(logged).not.toContain(secret)
})
