import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPiece } from '../../test/builders.ts'
import { call, morning } from '../../test/test-server.ts'
import {
  buildAddressee,
  buildLink,
  createBrowser,
  startLinkBench,
  state,
  type Browser,
  type Link,
  type LinkBench,
} from '../../test/link-bench.ts'
import { repEndpoints } from '@vouch/contract'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

const day = 86_400_000
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

const audited = async (accountId: string, event: string) =>
  server.db.selectFrom('auditEntry').selectAll().where('subjectId', '=', accountId).where('event', '=', event).execute()

/** A doctor with a name, a nickname and a remark nobody else has. */
async function buildCanary(mark: string) {
  const link = await buildLink(server, { account: { name: `金丝雀${mark}` }, piece: { title: `资料${mark}` } })
  await server.owner
    .updateTable('externalContact')
    .set({ nickname: `昵称${mark}` })
    .where('externalUserId', '=', link.externalUserId)
    .execute()
  await server.owner
    .updateTable('contactFollow')
    .set({ remark: `备注${mark}` })
    .where('externalUserId', '=', link.externalUserId)
    .execute()
  const [sendId, viewedAt] = [link.sendId, server.clock.at]
  const view = { sendId, page: 2, viewId: crypto.randomUUID(), visibleMs: 4_000, viewedAt, contentItemId: null }
  await server.db.insertInto('pageView').values(view).execute()
  return { link, browser: await buildAddressee(server, link) }
}

const own = ['/me', '/me/received', '/me/wishes', '/me/copy', '/me/copy.json', '/me/erasure', '/me/complaint']

describe('the own pages', () => {
  test.each(own)('%s shows a browser nobody knows nothing of anybody, and asks for its own tap', async (path) => {
    await buildCanary('甲')
    const { status, text } = await createBrowser(server).go(path)
    expect(status).toBe(200)
    expect(text).toContain('action="/me/recognise"')
    expect(text).not.toMatch(/金丝雀|资料甲|昵称|备注/)
  })

  test('show a doctor what is theirs, and never a word of another doctor’s', async () => {
    const [one, other] = [await buildCanary('乙'), await buildCanary('丙')]
    for (const path of own) {
      const mine = (await one.browser.go(path)).text
      const theirs = (await other.browser.go(path)).text
      expect(mine).not.toMatch(/丙/)
      expect(theirs).not.toMatch(/乙/)
      expect(mine).not.toContain(other.link.externalUserId)
    }
    const copy = (await one.browser.go('/me/copy')).text
    for (const part of ['金丝雀乙', '昵称乙', '备注乙', '资料乙']) expect(copy).toContain(part)
    const logged = server.logged.join('\n')
    for (const secret of ['金丝雀', '昵称乙', '备注乙', one.link.externalUserId, one.link.token])
      expect(logged).not.toContain(secret)
  })

  test('of a contact that belongs to no doctor of ours say so, and still take a complaint', async () => {
    const { link, browser } = await buildCanary('丁')
    await server.owner
      .updateTable('externalContact')
      .set({ accountId: null })
      .where('externalUserId', '=', link.externalUserId)
      .execute()
    expect((await browser.go('/me')).text).toContain('还没有把您的微信和医生档案对上')
    expect((await browser.go('/me/copy')).text).not.toContain('金丝雀丁')
    const form = (await browser.go('/me/complaint')).text
    await browser.form('/me/complaint', `requestId=${hidden(form, 'requestId')}&wording=请不要联系我`)
    expect((await browser.go('/me/complaint')).text).toContain('请不要联系我')
  })

  test('list what was sent, newest first, a page at a time, without what never left', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const piece = await buildPiece(server, { title: '没有发出的' })
    const sends = Array.from({ length: 24 }, (_, index) => ({ index, cancelled: index === 23 }))
    const [first] = await server.db.selectFrom('send').selectAll().where('id', '=', link.sendId).execute()
    for (const { index, cancelled } of sends) {
      const id = server.deps.newId()
      const decidedAt = new Date(morning.getTime() - (index + 2) * day)
      const asked = { ...first!, id, requestId: crypto.randomUUID(), decidedAt, weighed: '{}' }
      await server.db
        .insertInto('send')
        .values(cancelled ? { ...asked, contentItemId: piece } : asked)
        .execute()
      for (const kind of cancelled ? (['A', 'C'] as const) : (['A', 'K'] as const)) {
        const fact = { kind, factId: id, author: link.repId, at: decidedAt, clientAt: null, seenExternalUserId: null }
        await server.db
          .insertInto('fact')
          .values({ sendId: id, ...fact })
          .execute()
      }
    }
    const pageOne = (await browser.go('/me/received')).text
    expect(pageOne.match(/class="row"/g)).toHaveLength(20)
    const next = /href="(\/me\/received\?before=[^"]+)"/.exec(pageOne)?.[1] ?? ''
    const pageTwo = (await browser.go(next)).text
    expect(pageTwo.match(/class="row"/g)).toHaveLength(4)
    expect(pageOne + pageTwo).not.toContain('没有发出的')
    expect((await browser.go('/me/received?before=nonsense')).status).toBe(400)
  })
})

const wishForm = (page: string, fields: Record<string, string>, wanted: string[] = ['PD1']): string => {
  const form = new URLSearchParams({ revision: hidden(page, 'revision'), most: '', quietFrom: '', quietUntil: '' })
  form.append('shown', 'PD1')
  for (const code of wanted) form.append('wanted', code)
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form.toString()
}

describe('wishes', () => {
  test('are kept, shown again, on record with what was before, and the same again changes nothing', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const page = (await browser.go('/me/wishes')).text
    expect(page).toContain('按公司上限（4 次）')
    const body = wishForm(page, { most: '2', quietFrom: '12:00', quietUntil: '14:30' }, [])
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.form('/me/wishes', body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303))
    const rows = await server.db.selectFrom('accountWish').selectAll().where('accountId', '=', link.accountId).execute()
    expect(rows).toMatchObject([{ unwanted: 'PD1', mostPerMonth: 2, quietFrom: 720, quietUntil: 870, revision: 1 }])
    const [entry] = await audited(link.accountId, 'wish.changed')
    expect(JSON.stringify(entry)).toContain('mostPerMonth')
    expect(await audited(link.accountId, 'wish.changed')).toHaveLength(1)
    const shown = (await browser.go('/me/wishes')).text
    expect(shown).toContain('value="12:00"')
    expect(shown).toMatch(/value="2" selected/)
    expect((await browser.go('/me')).text).toMatch(/1 个产品不想收 · 每月最多 2 次 · 12:00–14:30 不打扰/)
  })

  test('changed on another page meanwhile are not overwritten: what was typed is still there, and a tap more saves it', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const page = (await browser.go('/me/wishes')).text
    await browser.form('/me/wishes', wishForm(page, { most: '1' }))
    const stale = await browser.form('/me/wishes', wishForm(page, { most: '3' }))
    expect(stale.status).toBe(409)
    expect(stale.text).toContain('刚才在另一个页面改过设置')
    expect(stale.text).toMatch(/value="3" selected/)
    expect((await browser.form('/me/wishes', wishForm(stale.text, { most: '3' }))).status).toBe(303)
  })

  test('with half a time say so, keep what was typed and save nothing; products that are not ours are not kept', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const page = (await browser.go('/me/wishes')).text
    const answer = await browser.form('/me/wishes', wishForm(page, { quietFrom: '12:00' }))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('不打扰的时间请两格都填')
    expect(answer.text).toContain('value="12:00"')
    await browser.form('/me/wishes', `revision=0&shown=PD1&wanted=PD1&shown=NOBODY&shown=${'x'.repeat(50)}`)
    expect(await audited(link.accountId, 'wish.changed')).toEqual([])
  })

  test.each([
    { asked: 'week', until: '2026-05-20T16:00:00.000Z', says: '已暂停接收，到 2026-05-21' },
    { asked: 'month', until: '2026-06-12T16:00:00.000Z', says: '已暂停接收，到 2026-06-13' },
    { asked: 'open', until: '9999-12-31T00:00:00.000Z', says: '已暂停接收，直到您恢复' },
  ])('a pause of one $asked stops the gate at once, and resuming opens it', async ({ asked, until, says }) => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const cookie = await server.signIn(link.repId)
    const contentItemId = await buildPiece(server)
    const send = async () => {
      const request = { requestId: crypto.randomUUID(), externalUserId: link.externalUserId, contentItemId }
      const { body } = await call(server, cookie, repEndpoints.authoriseSend, {
        ...request,
        ...{ kind: 'news', entry: 'single_chat_tools', again: false },
      })
      return body.outcome === 'refused' ? body.refusals.map(({ reason }: { reason: string }) => reason) : body.outcome
    }
    await browser.form('/me/pause', `for=${asked}`)
    const { pausedUntil } = await server.db
      .selectFrom('account')
      .select('pausedUntil')
      .where('id', '=', link.accountId)
      .executeTakeFirstOrThrow()
    expect(pausedUntil).toEqual(new Date(until))
    expect((await browser.go('/me/wishes')).text).toContain(says)
    expect(await send()).toEqual(['hcp_paused'])
    await browser.form('/me/pause', 'for=none')
    expect(await send()).toBe('authorised')
    expect(await audited(link.accountId, 'wish.changed')).toHaveLength(2)
  })
})

describe('a copy of the data', () => {
  test('[R19] holds what is there, for people and programs alike, and each look is on record', async () => {
    const { link, browser } = await buildCanary('戊')
    await browser.form('/me/pause', 'for=week')
    const page = await browser.go('/me/copy')
    const file = await browser.go('/me/copy.json')
    expect(file.headers.get('content-disposition')).toContain('attachment')
    const records = JSON.parse(file.text)
    expect(records).toMatchObject({
      format: 'vouch-own-records/1',
      person: { name: '金丝雀戊', verified: true },
      contacts: [{ nickname: '昵称戊', remark: '备注戊', connected: true }],
      consents: [{ purpose: 'receive', statement: 'opted_in' }],
      sends: [{ title: '资料戊', number: link.sendId }],
      reading: [{ page: 2, seconds: 4 }],
    })
    for (const part of ['金丝雀戊', '昵称戊', '备注戊', '资料戊']) expect(page.text).toContain(part)
    const looks = await audited(link.accountId, 'own_data.copied')
    expect(looks.map(({ detail }) => JSON.stringify(detail))).toEqual([
      expect.stringContaining('page'),
      expect.stringContaining('file'),
    ])
    const robot = createBrowser(server, { 'user-agent': 'LinkPreview/1.0' })
    for (const [name, value] of browser.cookies) robot.cookies.set(name, value)
    expect((await robot.go('/me/copy.json')).text).not.toContain('金丝雀戊')
    expect(await audited(link.accountId, 'own_data.copied')).toHaveLength(2)
  })
})

/** Taps on erase, and comes back from WeChat as somebody. */
async function askErasure(browser: Browser, link: Link, externalUserId = link.externalUserId) {
  const page = (await browser.go('/me/erasure')).text
  const out = await browser.form('/me/erasure', `requestId=${hidden(page, 'requestId')}`)
  const code = crypto.randomUUID()
  server.told.codes.set(code, { kind: 'contact', externalUserId, openId: 'o' })
  const state = new URL(out.headers.get('location') ?? '').searchParams.get('state') ?? ''
  return browser.go(`/l/return?code=${code}&state=${state}`)
}

describe('asking for erasure', () => {
  test('[R21] explains what stays, asks who it is anew, files one request, and takes every consent back', async () => {
    const { link, browser } = await buildCanary('己')
    await state(server, link.accountId, 'reading_record', 'opted_in')
    server.clock.at = new Date(server.clock.at.getTime() + 1_000)
    const before = (await browser.go('/me/erasure')).text
    for (const part of ['可以删除的', '必须保留的', '最长保存 10 年']) expect(before).toContain(part)
    expect((await askErasure(browser, link)).headers.get('location')).toBe('/me/erasure')
    const after = (await browser.go('/me/erasure')).text
    expect(after).toMatch(/已收到您的请求，编号 D[0-9A-Z]{8}/)
    expect(after).not.toContain('name="requestId"')
    const said = await server.db
      .selectFrom('consent')
      .select('purpose')
      .where('accountId', '=', link.accountId)
      .where('statement', '=', 'opted_out')
      .execute()
    expect(said.map(({ purpose }) => purpose).sort()).toEqual(['reading_record', 'receive'])
    const [row] = await server.db
      .selectFrom('hcpRequest')
      .selectAll()
      .where('externalUserId', '=', link.externalUserId)
      .execute()
    expect(row).toMatchObject({ kind: 'erasure', life: 'waiting', accountId: link.accountId })
    expect((await browser.go('/me')).text).toContain(`处理中 · ${row?.receipt}`)
  })

  test('by another person on the same phone files it for that person, not for the doctor', async () => {
    const [{ link, browser }, other] = [await buildCanary('庚'), await buildCanary('辛')]
    await askErasure(browser, link, other.link.externalUserId)
    const rows = await server.db
      .selectFrom('hcpRequest')
      .select('externalUserId')
      .where('externalUserId', 'in', [link.externalUserId, other.link.externalUserId])
      .execute()
    expect(rows).toEqual([{ externalUserId: other.link.externalUserId }])
  })

  test('ten at once is one request', async () => {
    const { link } = await buildCanary('壬')
    const browsers = await Promise.all(Array.from({ length: 10 }, () => buildAddressee(server, link)))
    await Promise.all(browsers.map((browser) => askErasure(browser, link)))
    const rows = await server.db
      .selectFrom('hcpRequest')
      .select('id')
      .where('externalUserId', '=', link.externalUserId)
      .execute()
    expect(rows).toHaveLength(1)
  })
})

describe('a complaint', () => {
  test('gets a number, once however often it is sent, and an empty one is told what is missing', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const page = (await browser.go('/me/complaint')).text
    expect((await browser.form('/me/complaint', `requestId=${hidden(page, 'requestId')}&wording=++`)).status).toBe(422)
    expect((await browser.form('/me/complaint', 'requestId=nothing&wording=x')).status).toBe(400)
    const body = new URLSearchParams({ requestId: hidden(page, 'requestId'), wording: '<b>发得太多</b>' }).toString()
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.form('/me/complaint', body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303))
    const shown = (await browser.go('/me/complaint')).text
    expect(shown.match(/编号 T[0-9A-Z]{8}/g)).toHaveLength(1)
    expect(shown).toContain('&lt;b&gt;发得太多')
  })
})
