import { ulid } from 'ulid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPiece, changePiece } from '../../test/builders.ts'
import { buildAddressee, buildLink, startLinkBench, state, type LinkBench } from '../../test/link-bench.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

type Next = NonNullable<Parameters<typeof buildPiece>[1]>

/** The link of a version 1 that version 2 has replaced, with two pages of its own. */
async function buildReplaced(given: Next = {}) {
  const documentId = ulid()
  const link = await buildLink(server, { piece: { documentId, version: 1, state: 'superseded' } })
  const fileHash = ulid().toLowerCase().padEnd(64, '0')
  const next = await buildPiece(server, {
    ...{ documentId, version: 2, title: '三期研究摘要 新', fileHash, approvedHash: fileHash, pageCount: 2 },
    ...{ replacesLinks: 1, changeNote: '更新了安全性数据', ...given },
  })
  for (const number of [1, 2]) {
    const page = { contentItemId: next, number, width: 1080, height: 1527, placeholder: '', text: `新的一页 ${number}` }
    await server.db.insertInto('contentPage').values(page).execute()
    server.stored.set(`pages/${fileHash}/${number}-480.webp`, Buffer.from(`new page ${number}`))
  }
  return { link, next, browser: await buildAddressee(server, link) }
}

describe('the link of a version whose successor may stand in its place', () => {
  test('shows the successor with what has changed, in four statements', async () => {
    const { link, browser } = await buildReplaced()
    server.counter.statements = 0
    const { text } = await browser.go(link.path)
    expect(server.counter.statements).toBe(4)
    for (const part of ['三期研究摘要 新', 'v2', '您收到的是 v1', '更新了安全性数据', '新的一页 1'])
      expect(text).toContain(part)
    expect(text).not.toContain('无进展生存期')
    expect((await browser.go(`${link.path}/pages/1/480.webp`)).text).toBe('new page 1')
    expect((await browser.go(`${link.path}/pages/3/480.webp`)).status).toBe(404)
  })

  test('records what was seen then and what is seen now, each by its version', async () => {
    const { link, next, browser } = await buildReplaced({ state: 'draft' })
    await state(server, link.accountId, 'reading_record', 'opted_in')
    await changePiece(server, link.contentItemId, { state: 'approved' })
    const report = async () => {
      await browser.post(`${link.path}/opened`, { openingId: crypto.randomUUID() })
      const views = [1, 3].map((page) => [page, crypto.randomUUID(), 3_000])
      expect((await browser.post(`${link.path}/read`, { views })).status).toBe(204)
    }
    await report()
    await changePiece(server, link.contentItemId, { state: 'superseded' })
    await changePiece(server, next, { state: 'approved' })
    await report()

    const views = await server.db
      .selectFrom('pageView')
      .select(['page', 'contentItemId'])
      .where('sendId', '=', link.sendId)
      .orderBy('contentItemId')
      .orderBy('page')
      .execute()
    expect(views).toEqual([
      { page: 1, contentItemId: null },
      { page: 3, contentItemId: null },
      { page: 1, contentItemId: next },
    ])
    const visits = await server.db
      .selectFrom('linkVisit')
      .select('contentItemId')
      .where('sendId', '=', link.sendId)
      .where('visitor', '=', 'addressee')
      .orderBy('contentItemId')
      .execute()
    expect(visits).toEqual([{ contentItemId: null }, { contentItemId: next }])
    const send = await server.db.selectFrom('send').selectAll().where('id', '=', link.sendId).executeTakeFirstOrThrow()
    expect(send.contentItemId).toBe(link.contentItemId)
  })

  const tomorrow = () => new Date(server.clock.at.getTime() + 86_400_000)
  test.each([
    { says: 'whose owner did not allow it', given: () => ({ replacesLinks: 0 }) },
    { says: 'that begins tomorrow', given: () => ({ effectiveAt: tomorrow() }) },
    { says: 'in quarantine', given: () => ({ heldReason: 'bytes_changed' }) },
    { says: 'for other specialties', given: () => ({ audience: 'cardiology' }) },
    { says: 'not approved yet', given: () => ({ state: 'in_review' as const }) },
  ])('a successor $says is not shown: the page says there is a new version', async ({ given }) => {
    const { link, browser } = await buildReplaced(given())
    const { text } = await browser.go(link.path)
    expect(text).toContain('这份资料有新版')
    expect(text).not.toContain('新的一页')
    expect((await browser.go(`${link.path}/pages/1/480.webp`)).status).toBe(409)
  })

  test('when that successor is withdrawn the older link says so at once, with what replaces it', async () => {
    const { link, next, browser } = await buildReplaced()
    const other = await buildPiece(server, { title: '更正说明' })
    expect((await browser.go(link.path)).text).toContain('新的一页 1')
    const ended = {
      state: 'withdrawn' as const,
      endedAt: server.clock.at,
      withdrawnReason: '数据有误',
      supersededBy: other,
    }
    await changePiece(server, next, ended)
    const { text } = await browser.go(link.path)
    for (const part of ['这份资料已撤回', '原因：数据有误', '更正说明']) expect(text).toContain(part)
    expect((await browser.go(`${link.path}/pages/1/480.webp`)).status).toBe(409)
  })

  test('a successor whose words somebody changed past the application is not shown', async () => {
    const { link, next, browser } = await buildReplaced()
    await changePiece(server, next, { title: '被改过的标题' }, true)
    expect((await browser.go(link.path)).text).not.toContain('被改过的标题')
  })
})
