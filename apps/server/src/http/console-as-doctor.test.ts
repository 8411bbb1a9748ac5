import { contentEndpoints } from '@vouch/contract'
import { sql } from 'kysely'
import { ulid } from 'ulid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPiece, changePiece } from '../../test/builders.ts'
import { buildAddressee, buildLink, startLinkBench, type LinkBench } from '../../test/link-bench.ts'
import { buildColleague, buildDraft, type Colleague } from '../../test/office.ts'
import { call } from '../../test/test-server.ts'
import { makeInert } from './inert.ts'

let server: LinkBench
let author: Colleague
beforeAll(async () => {
  server = await startLinkBench()
  author = await buildColleague(server, 'author')
})
afterAll(() => server.stop())

const captions = 'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v 王医生>餐后服用\n'
const none = { fileHash: null, approvedHash: null, pageCount: 0 }
const sha = () => ulid().toLowerCase().padEnd(64, '0')
type Stage = 'waiting' | 'drawing' | 'done' | 'failed'
type Given = Parameters<typeof buildPiece>[1]

const load = (contentItemId: string, who = author) =>
  call(server, who.cookie, contentEndpoints.loadAsDoctor, { contentItemId })
const shown = async (contentItemId: string) => (await load(contentItemId)).body.pieces[0]

async function get(path: string, cookie = author.cookie, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, { headers: { cookie, ...headers }, redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
const at = (contentItemId: string) => `/api/console/content/${contentItemId}`
const look = async (contentItemId: string, query = '') => (await get(`${at(contentItemId)}/as-doctor${query}`)).text

/** Rows of every table, and of the audit trail what they say. */
async function everything() {
  const tables = await server.owner.introspection.getTables()
  const names = tables.map(({ name }) => name).filter((name) => name !== 'audit_entry')
  const counts = await Promise.all(
    names.map((name) => sql<{ n: number }>`select count(*) n from ${sql.table(name)}`.execute(server.owner)),
  )
  const said = await server.owner.selectFrom('auditEntry').select('event').orderBy('id').execute()
  return { rows: names.map((name, nth) => [name, Number(counts[nth]?.rows[0]?.n)]), said: said.map((row) => row.event) }
}

describe('a version as the doctor sees it', () => {
  test('is the doctor’s page to the byte, but for what acts', async () => {
    const piece = { class: 'promotional', mayForward: 0 } as const
    const given = { piece, rep: { name: '×××' }, account: { name: '×××' } }
    const { path, contentItemId, ...link } = await buildLink(server, given)
    const browser = await buildAddressee(server, { path, contentItemId, ...link })
    const theirs = (await browser.go(path)).text.replace(/<script[^>]*><\/script>/, '')
    const mine = await look(contentItemId)
    expect(mine).toBe(makeInert(theirs.replaceAll(path, at(contentItemId))))
    expect(mine).toContain('供 ×* 医生本人阅读')
    expect(theirs).toMatch(/href="\/me"/)
  })

  test('acts for nobody: no address of a doctor, no form that goes anywhere, no script', async () => {
    const { contentItemId } = await buildLink(server)
    for (const query of ['', '?show=ended', '?size=large&language=en-US']) {
      const page = await look(contentItemId, query)
      expect(page).not.toMatch(/<script|action=|href="[^#]|<a[^>]* download|\/l\/|"\/me|id="nowhere"/)
      expect(page.match(/<button/g)?.length).toBe(page.match(/<button aria-disabled="true"/g)?.length)
      expect(page.match(/href="#nowhere" aria-disabled="true"/g)?.length).toBeGreaterThan(2)
    }
    expect(await look(contentItemId, '?size=large&language=en-US')).toContain('<html lang="en-US" data-size="large">')
  })

  test('is shown by the console alone, under a policy without script, and opened by itself leads there', async () => {
    const { contentItemId } = await buildLink(server)
    const { headers } = await get(`${at(contentItemId)}/as-doctor`)
    const policy = headers.get('content-security-policy')
    expect(policy).toMatch(
      /^default-src 'none';.*form-action 'none';.*frame-ancestors 'self'; sandbox allow-same-origin$/,
    )
    expect(policy).not.toMatch(/script|connect/)
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
    const alone = await get(`${at(contentItemId)}/as-doctor`, author.cookie, { 'sec-fetch-dest': 'document' })
    expect([alone.status, alone.headers.get('location')]).toEqual([302, `/console/content/${contentItemId}/as-doctor`])
  })

  test('counts as nothing: not a row anywhere, but one look of the office at the version', async () => {
    const { contentItemId } = await buildLink(server)
    const before = await everything()
    for (let times = 0; times < 2; times += 1) {
      expect((await load(contentItemId)).status).toBe(200)
      for (const query of ['', '?show=ended']) expect(await look(contentItemId, query)).toContain('</html>')
      expect((await get(`${at(contentItemId)}/pages/1/480.webp`)).text).toBe('page 1 at 480')
    }
    const after = await everything()
    expect(after.rows).toEqual(before.rows)
    expect(after.said.slice(before.said.length)).toEqual(['content.viewed'])
  })
})

describe('what arrives in the chat', () => {
  test('is the card, the file and the image as they are approved', async () => {
    const { contentItemId } = await buildLink(server, { piece: { kind: 'image', ways: 'news,image,file' }, pages: 1 })
    expect(await shown(contentItemId)).toMatchObject({
      ...{ ways: ['news', 'image', 'file'], page: 'ready', ended: false, lifeState: 'approved' },
      card: { title: '研究摘要', desc: '示例药业', picture: `/card/${'c'.repeat(64)}.jpg` },
      ...{ file: { name: '研究摘要.pdf', bytes: 100_000 }, picture: `${at(contentItemId)}/pages/1/480.webp` },
    })
    await changePiece(server, contentItemId, { ways: 'file' })
    expect((await shown(contentItemId)).page).toBe('none')
  })

  test('is a phrase with its names left open, and no page', async () => {
    const phrase = { kind: 'phrase', ways: 'text', body: '{doctor}，您好，我是{rep}。', ...none } as const
    const found = await shown(await buildPiece(server, phrase))
    expect(found).toMatchObject({ words: '×××，您好，我是×××。', page: 'none', file: null })
  })

  test('is of a script each piece in its order, in the version in force', async () => {
    const [first, second] = [ulid(), ulid()]
    const inForce = await buildPiece(server, { documentId: first, title: '摘要' })
    await buildPiece(server, { documentId: first, version: 2, state: 'draft' })
    const phrase = await buildPiece(server, { documentId: second, kind: 'phrase', ways: 'text', body: '您好', ...none })
    const script = await buildPiece(server, { kind: 'script', ways: '', ...none })
    const rows = [second, first].map((documentId, nth) => ({ contentItemId: script, position: nth + 1, documentId }))
    await server.db.insertInto('scriptPiece').values(rows).execute()
    const { body } = await load(script)
    expect(body).toMatchObject({ contentItemId: script, kind: 'script' })
    expect(body.pieces.map((one: { contentItemId: string }) => one.contentItemId)).toEqual([phrase, inForce])
  })
})

describe('the page', () => {
  test('of a video has its poster, and its film and captions from under the same permission, in parts', async () => {
    const fileHash = sha()
    server.stored.set(`content/${fileHash}`, Buffer.from('0123456789'))
    const film = {
      kind: 'video',
      fileHash,
      approvedHash: fileHash,
      fileBytes: 10,
      mime: 'video/mp4',
      ways: 'news',
    } as const
    const id = await buildPiece(server, { ...film, captions, captionsLanguage: 'zh-CN', state: 'in_review' })
    const page = await look(id)
    for (const part of [`src="${at(id)}/video"`, `src="${at(id)}/captions.vtt"`, `poster="/card/`, '餐后服用'])
      expect(page).toContain(part)
    const part = await get(`${at(id)}/video`, author.cookie, { range: 'bytes=2-4' })
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
    expect((await get(`${at(id)}/captions.vtt`)).text).toBe(captions)
    expect((await shown(id)).page).toBe('ready')
  })

  test('of an article is its text, and of an invitation the question itself, whose answer goes nowhere', async () => {
    const article = { kind: 'article', ways: 'news', ...none } as const
    const id = await buildPiece(server, { ...article, body: '<h2>给药</h2><p>每三周</p>', state: 'draft' })
    expect(await look(id)).toContain('每三周')
    const ask = await look(await buildPiece(server, { ...article, class: 'consent', body: '<h2>邀请</h2>' }))
    expect(ask).toContain('×××（示例药业医药代表）')
    expect(ask).toMatch(/<form method="post"><input type="hidden" name="basis" value="none">/)
    const empty = await buildPiece(server, { ...article, body: '', state: 'draft' })
    expect((await shown(empty)).page).toBe('missing')
  })

  const stages: { says: string; fileHash: string; stage: Stage | null; page: string }[] = [
    { says: 'is not there without a file', fileHash: '', stage: null, page: 'missing' },
    { says: 'waits for its pages to be drawn', fileHash: sha(), stage: 'waiting', page: 'waiting' },
    { says: 'is being drawn', fileHash: sha(), stage: 'drawing', page: 'drawing' },
    { says: 'is drawn, and not yet at the draft', fileHash: sha(), stage: 'done', page: 'drawing' },
    { says: 'could not be drawn, and why', fileHash: sha(), stage: 'failed', page: 'failed' },
  ]
  test.each(stages)('of a draft $says', async ({ fileHash, stage, page }) => {
    const id = await buildPiece(server, {
      state: 'draft',
      pageCount: 0,
      fileHash: fileHash || null,
      approvedHash: null,
      ways: '',
    })
    const problem = stage === 'failed' ? 'broken' : null
    const { at: askedAt } = server.clock
    const asked = { pagesDone: 3, pageCount: 8, problem, askedAt, ownedUntil: askedAt, runAt: askedAt }
    if (stage)
      await server.owner
        .insertInto('rendition')
        .values({ fileHash, state: stage, ...asked })
        .execute()
    expect(await shown(id)).toMatchObject({ page, problem, ended: false })
  })
})

describe('after its end', () => {
  const ends: { says: string; given: Given; shows: string }[] = [
    { says: 'withdrawn', given: { state: 'withdrawn', withdrawnReason: '安全性更新' }, shows: '原因：安全性更新' },
    { says: 'expired', given: { expiresAt: new Date('2026-05-01T00:00:00Z') }, shows: '已过有效期' },
    { says: 'replaced', given: { state: 'superseded' }, shows: '有新版：三期研究摘要 v2' },
    { says: 'changed past its approval', given: { approvedHash: 'f'.repeat(64) }, shows: '这份资料已撤回' },
  ]
  test.each(ends)('a version that is $says is known to have ended, and shows what doctors meet now', async (one) => {
    const documentId = ulid()
    const id = await buildPiece(server, { documentId, ...one.given })
    if (one.says === 'replaced') await buildPiece(server, { documentId, version: 2 })
    expect((await shown(id)).ended).toBe(true)
    const page = await look(id, '?show=ended')
    expect(page).toContain(one.shows)
    expect(page).toContain('请×××发新版')
    expect(page).not.toContain('批准号')
  })

  test('a version whose links stand for a newer one says which', async () => {
    const documentId = ulid()
    const id = await buildPiece(server, { documentId, state: 'superseded' })
    const plain = await buildPiece(server, { documentId, version: 2 })
    expect(await shown(id)).toMatchObject({ ended: true, replacedBy: null })
    await changePiece(server, plain, { replacesLinks: 1 })
    expect(await shown(id)).toMatchObject({ ended: true, replacedBy: plain })
    expect((await shown(plain)).replacedBy).toBeNull()
  })

  test('one that is in force, or was never, is shown as a withdrawal now would leave it', async () => {
    for (const state of ['approved', 'draft', 'in_review', 'returned'] as const) {
      const id = await buildPiece(server, { state })
      expect([state, (await shown(id)).ended]).toEqual([state, false])
      expect(await look(id, '?show=ended')).toContain('2026-05-13 由公司撤回')
    }
  })
})

describe('who may look', () => {
  const paths = ['/as-doctor', '/as-doctor?show=ended', '/pages/1/480.webp', '/video', '/captions.vtt']

  test('whoever may open the version’s page; nobody signed out, no rep, no manager, in any state', async () => {
    const draft = await buildDraft(server, author, { kind: 'document' })
    const outside = [await buildColleague(server, 'rep'), await buildColleague(server, 'manager')]
    for (const path of paths) {
      expect((await get(at(draft.contentItemId) + path, '')).status).toBe(401)
      for (const { cookie } of outside) expect((await get(at(draft.contentItemId) + path, cookie)).status).toBe(403)
    }
    for (const who of outside) expect((await load(draft.contentItemId, who)).status).toBe(403)
    for (const role of ['medical', 'auditor', 'system_admin'])
      expect((await load(draft.contentItemId, await buildColleague(server, role))).status).toBe(200)
  })

  test('an id there is none of, and one that is none, are found nowhere', async () => {
    for (const id of [ulid(), '..%2f..%2fme', "'%20or%201=1", 'a'.repeat(41)])
      for (const path of paths) expect((await get(at(id) + path)).status).toBe(404)
    expect((await load(ulid())).body.error).toBe('content_not_found')
  })
})
