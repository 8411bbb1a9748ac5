import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildAddressee, buildLink, createBrowser, startLinkBench, type LinkBench } from '../../test/link-bench.ts'
import { buildColleague } from '../../test/office.ts'

let server: LinkBench
let officer: string
beforeAll(async () => {
  server = await startLinkBench()
  officer = (await buildColleague(server, 'compliance_officer')).id
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.owner.deleteFrom('safetyReport').execute()
})

const product = /三期研究摘要|CN-2026-0417|无进展|\.webp|<img/
const happened = '用药第三天出现皮疹，停药后好转'
const typed = (given: Record<string, string> = {}) =>
  new URLSearchParams({ requestId: randomUUID(), happened, seriousness: 'serious', ...given }).toString()
const reports = () => server.db.selectFrom('safetyReport').selectAll().orderBy('id').execute()
const trail = (subjectId: string) =>
  server.db.selectFrom('auditEntry').selectAll().where('subjectId', '=', subjectId).execute()

describe('[R29] a report of an adverse reaction', () => {
  test('is taken from anybody without a link, in one form without a script, and confirmed with a number', async () => {
    const browser = createBrowser(server)
    const form = await browser.go('/l/safety')
    expect(form.status).toBe(200)
    expect(form.text).toContain('action="/l/safety"')
    expect(form.text).toContain('400-000-0000')
    const requestId = /name="requestId" value="([^"]+)"/.exec(form.text)?.[1] ?? ''
    const sent = await browser.form('/l/safety', typed({ requestId, product: '示例单抗', occurred: '昨天晚上' }))
    expect(sent.status).toBe(303)
    const [report] = await reports()
    expect(report).toMatchObject({
      ...{ happened, product: '示例单抗', occurred: '昨天晚上', seriousness: 'serious', identity: 'none' },
      ...{ externalUserId: null, accountId: null, sendId: null, awareAt: server.clock.at },
    })
    const receipt = await browser.go(sent.headers.get('location') ?? '')
    expect(receipt.text).toContain(report?.receipt)
    expect(report?.receipt).toMatch(/^AE-20260513-[0-9A-Z]{6}$/)
  })

  test('from the addressee keeps who they are and what they read, and shows no product', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const form = await browser.go(`${link.path}/safety`)
    expect(form.text).toContain('微信已认出您')
    expect(form.text).not.toMatch(product)
    await browser.form(`${link.path}/safety`, typed())
    const { accountId, externalUserId, sendId, contentItemId } = link
    const [report] = await reports()
    expect(report).toMatchObject({ identity: 'addressee', accountId, externalUserId, sendId, contentItemId })
    expect(await trail(report?.id ?? '')).toMatchObject([
      { event: 'safety.reported', actorKind: 'hcp', actorId: accountId, accountId },
    ])
  })

  test('leaves out who they are when they ask for it', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    await browser.form(`${link.path}/safety`, typed({ unnamed: 'yes' }))
    const [report] = await reports()
    expect(report).toMatchObject({ identity: 'none', accountId: null, externalUserId: null, sendId: link.sendId })
    expect(await trail(report?.id ?? '')).toMatchObject([{ actorId: 'unknown', accountId: null }])
  })

  test('on an invented link is taken as well, and the page is the same as on a genuine one', async () => {
    const link = await buildLink(server)
    const browser = createBrowser(server)
    const token = 'x'.repeat(48)
    const same = (text: string, path: string) => text.replaceAll(path, '').replace(/value="[0-9a-f-]{36}"/, '')
    const [genuine, invented] = [await browser.go(`${link.path}/safety`), await browser.go(`/l/${token}/safety`)]
    const minute = /\d{4}-\d\d-\d\d \d\d:\d\d/g
    expect(same(invented.text, `/l/${token}`).replaceAll(minute, '')).toBe(
      same(genuine.text, link.path).replaceAll(minute, ''),
    )
    expect((await browser.form(`/l/${token}/safety`, typed())).status).toBe(303)
    expect(await reports()).toMatchObject([{ sendId: null, happened }])
  })

  test('sent ten times at once is one report, one notice and one entry', async () => {
    const body = typed()
    const answers = await Promise.all(Array.from({ length: 10 }, () => createBrowser(server).form('/l/safety', body)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(303))
    const found = await reports()
    expect(found).toHaveLength(1)
    expect(await trail(found[0]?.id ?? '')).toHaveLength(1)
    const notices = await server.db
      .selectFrom('outbox')
      .select(['toPerson', 'kind', 'body'])
      .where('subjectId', '=', found[0]?.id ?? '')
      .execute()
    expect(notices).toMatchObject([{ toPerson: officer, kind: 'safety' }])
    expect(notices[0]?.body).not.toContain('皮疹')
  })

  test('sent again with other words is another report, so that nothing is lost', async () => {
    const requestId = randomUUID()
    const browser = createBrowser(server)
    await browser.form('/l/safety', typed({ requestId }))
    await browser.form('/l/safety', typed({ requestId, happened: `${happened}，后来又发热` }))
    expect(await reports()).toHaveLength(2)
  })

  test('without what happened, or too long, comes back with everything that was typed', async () => {
    const browser = createBrowser(server)
    const kept = {
      product: '示例单抗 "200 mg" & 批号 7',
      occurred: '十一月',
      contact: '010-1',
      seriousness: 'not_serious',
    }
    for (const wrong of [{ happened: '  ' }, { product: '长'.repeat(201) }]) {
      const { status, text } = await browser.form('/l/safety', typed({ ...kept, ...wrong }))
      expect(status).toBe(400)
      expect(text).toContain('还没有提交')
      expect(text).toContain('value="十一月"')
      expect(text).toMatch(/value="not_serious" checked/)
    }
    expect((await browser.form('/l/safety', typed({ ...kept, happened: '' }))).text).toContain(
      'value="示例单抗 &quot;200 mg&quot; &amp; 批号 7"',
    )
    expect(await reports()).toEqual([])
  })

  test('that cannot be stored now comes back whole, with the telephone, under the same id', async () => {
    const browser = createBrowser(server)
    const requestId = randomUUID()
    const { db } = server.deps
    Object.assign(server.deps, {
      db: new Proxy(db, {
        get: () => () => {
          throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
        },
      }),
    })
    const failed = await browser.form('/l/safety', typed({ requestId, contact: '138' }))
    Object.assign(server.deps, { db })
    expect(failed.status).toBe(503)
    for (const part of ['还没有提交，服务暂时有问题', happened, 'value="138"', `value="${requestId}"`, '400-000-0000'])
      expect(failed.text).toContain(part)
    expect((await browser.form('/l/safety', typed({ requestId, contact: '138' }))).status).toBe(303)
    expect(await reports()).toHaveLength(1)
  })

  test('too many in a minute loses nothing that was typed', async () => {
    const browser = createBrowser(server)
    const token = 'limit'.repeat(5)
    const answers = await Promise.all(Array.from({ length: 35 }, () => browser.form(`/l/${token}/safety`, typed())))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused).toHaveLength(5)
    expect(refused[0]?.text).toContain(happened)
  })

  test('is not taken from another site, and its number is shown to nobody who does not hold its id', async () => {
    const browser = createBrowser(server)
    const type = 'application/x-www-form-urlencoded'
    expect((await browser.tap('/l/safety', typed(), type, { origin: 'https://evil.test' })).status).toBe(403)
    expect((await browser.go(`/l/safety/${randomUUID()}`)).status).toBe(404)
    expect((await browser.go('/l/safety/AE-1')).status).toBe(404)
    expect(await reports()).toEqual([])
  })

  test('[O7] leaves no word of it in the log', async () => {
    await createBrowser(server).form('/l/safety', typed({ happened: '金丝雀皮疹', contact: '金丝雀电话' }))
    expect(server.logged.join('\n')).not.toContain('金丝雀')
  })
})
