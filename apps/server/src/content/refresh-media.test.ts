import type { Insertable } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { refuse } from '../../test/wecom/fake-server.ts'
import { clear } from '../../test/wecom/people.ts'
import type { ContentItemTable } from '../db/tables/content.ts'
import { sha256 } from '../secrets.ts'
import { refreshMedia } from './refresh-media.ts'
import { wantMedia, wantMediaAhead } from './want-media.ts'

let bench: Bench
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(async () => {
  bench.fake.reset()
  bench.stored.clear()
  await clear(bench.db)
})

const bytes = Buffer.from('%PDF-1.7 approved')
const fileHash = sha256(bytes)
const hours = (count: number) => new Date(bench.now().getTime() + count * 3_600_000)

async function addPiece(
  state: 'approved' | 'withdrawn' = 'approved',
  stored = bytes,
  given: Partial<Insertable<ContentItemTable>> = {},
): Promise<void> {
  bench.stored.set(`content/${fileHash}`, stored)
  const texts = {
    title: 't',
    cardTitle: 't',
    cardDesc: 'd',
    body: '',
    product: 'p',
    market: 'CN',
    language: 'zh-CN',
    ways: 'file',
  }
  const none = {
    cardHash: null,
    listedUntil: new Date('9999-12-31'),
    effectiveAt: null,
    expiresAt: null,
    endedAt: null,
    withdrawnReason: null,
    supersededBy: null,
  }
  await bench.db
    .insertInto('contentItem')
    .values({
      ...texts,
      ...none,
      id: 'piece',
      documentId: 'document',
      version: 1,
      kind: 'document',
      class: 'promotional',
      state,
      fileHash,
      approvedHash: fileHash,
      fileName: '用药说明.pdf',
      mime: 'application/pdf',
      publishedAt: new Date(0),
      createdAt: new Date(0),
      ...given,
    })
    .execute()
}

async function want(
  given: { mediaId: string; expiresAt: Date } | null = null,
  fileName = '用药说明.pdf',
): Promise<void> {
  const known = given ?? { mediaId: null, expiresAt: null }
  await bench.db
    .insertInto('media')
    .values({ fileHash, kind: 'file', fileName, ...known, uploadedAt: null, wantedAt: bench.now(), problem: null })
    .execute()
}
const media = () => bench.db.selectFrom('media').selectAll().executeTakeFirstOrThrow()
const uploads = () => bench.fake.count('media/upload')

test('a wanted file is uploaded once, under its name, and lives less than three days', async () => {
  await addPiece()
  await want()
  await refreshMedia(bench.instance())
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(1)
  expect(bench.fake.calls.find(({ path }) => path === 'media/upload')?.body.toString()).toContain(
    'filename="用药说明.pdf"',
  )
  const row = await media()
  expect(row).toMatchObject({ uploadedAt: bench.now(), attempts: 0, problem: null })
  expect(row.mediaId).toMatch(/^media-/)
  expect(row.expiresAt?.getTime()).toBeLessThanOrEqual(hours(72).getTime())
})

test.each([
  [11, 1],
  [13, 0],
])('a file that ends in %i hours is uploaded again: %i', async (left, expected) => {
  await addPiece()
  await want({ mediaId: 'old', expiresAt: hours(left) })
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(expected)
})

test('a file that WeCom refuses is kept with its problem and tried ever more rarely', async () => {
  await addPiece()
  await want({ mediaId: 'old', expiresAt: hours(1) })
  bench.fake.failNext('media/upload', refuse(40005), refuse(40005))
  await refreshMedia(bench.instance())
  expect(await media()).toMatchObject({ problem: 'refused', attempts: 1, mediaId: 'old' })
  await refreshMedia(bench.instance())
  bench.forward(10_000)
  await refreshMedia(bench.instance())
  bench.forward(10_000)
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(2)
  bench.forward(10_000)
  await refreshMedia(bench.instance())
  expect(await media()).toMatchObject({ problem: null, attempts: 0 })
})

test('bytes that are not the approved ones never leave', async () => {
  await addPiece('approved', Buffer.from('%PDF-1.7 changed'))
  await want()
  await refreshMedia(bench.instance())
  expect(await media()).toMatchObject({ problem: 'file_changed', mediaId: null })
  bench.stored.clear()
  bench.forward(60_000)
  await refreshMedia(bench.instance())
  expect(await media()).toMatchObject({ problem: 'file_missing', attempts: 2 })
  expect(uploads()).toBe(0)
})

test('what is withdrawn, or was not wanted for a month, is not uploaded', async () => {
  await addPiece('withdrawn')
  await want()
  await refreshMedia(bench.instance())
  await bench.db.updateTable('contentItem').set({ state: 'approved' }).execute()
  await bench.db
    .updateTable('media')
    .set({ wantedAt: hours(-31 * 24) })
    .execute()
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(0)
})

test('while WeCom is away nothing counts as the file’s own problem', async () => {
  await addPiece()
  await want()
  bench.fake.failNext('media/upload', { httpStatus: 502 })
  await expect(refreshMedia(bench.instance())).rejects.toMatchObject({ code: 'wecom_unavailable' })
  expect(await media()).toMatchObject({ attempts: 0, problem: 'unavailable' })
  bench.forward(5_000)
  await refreshMedia(bench.instance())
  expect(await media()).toMatchObject({ attempts: 0, problem: null })
})

/** The uploads as another program reads them. */
function uploadedNames(): Promise<string[]> {
  const calls = bench.fake.calls.filter(({ path }) => path === 'media/upload')
  return Promise.all(
    calls.map(async ({ body }) => {
      const boundary = /^--(.+?)\r\n/.exec(body.toString('latin1'))?.[1]
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
      const form = await new Response(new Uint8Array(body), { headers }).formData()
      return (form.get('media') as File).name
    }),
  )
}

test.each([
  { says: 'in Chinese', fileName: '三期研究摘要（2026 版）.pdf', arrives: '三期研究摘要（2026 版）.pdf' },
  { says: 'too long', fileName: `${'长'.repeat(60)}.pdf`, arrives: `${'长'.repeat(41)}.pdf` },
  { says: 'that would read backwards', fileName: '\u202efdp.摘要.pdf', arrives: 'fdp.摘要.pdf' },
  { says: 'with a path and a line end', fileName: '..\\摘要\r\nx.pdf', arrives: '.._摘要__x.pdf' },
  { says: 'that is missing', fileName: '', arrives: '用药说明书.pdf' },
])('a name $says arrives as a doctor should see it', async ({ fileName, arrives }) => {
  await addPiece('approved', bytes, { fileName, title: '用药说明书', fileBytes: bytes.length })
  await wantMediaAhead(bench.instance())
  await refreshMedia(bench.instance())
  expect((await uploadedNames()).at(-1)).toBe(arrives)
})

const rows = () => bench.db.selectFrom('media').select(['kind', 'mediaId', 'wantedAt']).orderBy('kind').execute()

test('an approved piece is wanted at once for the ways WeCom can take it', async () => {
  await addPiece('approved', bytes, { ways: 'news,file,image,video', fileBytes: 100_000 })
  await bench.db.transaction().execute((trx) => wantMedia(trx, bench.now(), 'piece'))
  expect((await rows()).map((row) => row.kind)).toEqual(['file'])
  await bench.db.deleteFrom('media').execute()
  await bench.db
    .updateTable('contentItem')
    .set({ fileBytes: 21 * 1024 * 1024 })
    .execute()
  await bench.db.transaction().execute((trx) => wantMedia(trx, bench.now(), 'piece'))
  expect(await rows()).toEqual([])
})

test('whoever looks or not, what is in force has a live copy with WeCom for months', async () => {
  bench.fake.state.now = () => bench.now().getTime()
  await addPiece('approved', bytes, { fileBytes: bytes.length })
  for (let hour = 0; hour < 90 * 24; hour += 6) {
    if (hour % 24 === 0) await wantMediaAhead(bench.instance())
    await refreshMedia(bench.instance())
    const { mediaId, expiresAt } = await media()
    expect(mediaId).not.toBeNull()
    expect(expiresAt!.getTime()).toBeGreaterThan(hours(5).getTime())
    bench.forward(6 * 3_600_000)
  }
  expect(uploads()).toBeLessThan(45)
})

test('what is withdrawn, expired, in quarantine or begins later is not prepared', async () => {
  await addPiece('approved', bytes, { fileBytes: bytes.length })
  const ended = [
    { state: 'withdrawn' as const },
    { state: 'approved' as const, expiresAt: hours(-1) },
    { expiresAt: null, heldReason: 'bytes_changed' },
    { heldReason: null, effectiveAt: hours(13) },
  ]
  for (const change of ended) {
    await bench.db.updateTable('contentItem').set(change).execute()
    await wantMediaAhead(bench.instance())
    await refreshMedia(bench.instance())
    expect(uploads()).toBe(0)
  }
  bench.forward(2 * 3_600_000)
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(1)
})

test('two pieces with the same bytes each have a copy under their own name, and one withdrawn takes none from the other', async () => {
  bench.fake.state.now = () => bench.now().getTime()
  await addPiece('approved', bytes, { fileBytes: bytes.length })
  const other = { id: 'other', documentId: 'other', fileName: '患者版.pdf', publishedAt: new Date(1) }
  await addPiece('approved', bytes, { fileBytes: bytes.length, ...other })
  const third = { id: 'third', documentId: 'third', fileName: '', title: '给医生的一版' }
  await addPiece('approved', bytes, { fileBytes: bytes.length, ...third })
  await wantMediaAhead(bench.instance())
  await wantMediaAhead(bench.instance())
  await refreshMedia(bench.instance())
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(3)
  expect((await uploadedNames()).toSorted()).toEqual(['患者版.pdf', '用药说明.pdf', '给医生的一版.pdf'].toSorted())
  const held = await bench.db.selectFrom('media').select(['fileName', 'mediaId']).execute()
  expect(new Set(held.map(({ mediaId }) => mediaId)).size).toBe(3)

  await bench.db.updateTable('contentItem').set({ state: 'withdrawn' }).where('id', '=', 'other').execute()
  bench.forward(65 * 3_600_000)
  await refreshMedia(bench.instance())
  expect(uploads()).toBe(5)
  const live = await bench.db.selectFrom('media').select('fileName').where('expiresAt', '>', hours(10)).execute()
  expect(live.map(({ fileName }) => fileName).toSorted()).toEqual(['用药说明.pdf', '给医生的一版'].toSorted())
})
