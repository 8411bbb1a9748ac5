import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { refuse } from '../../test/wecom/fake-server.ts'
import { clear } from '../../test/wecom/people.ts'
import { sha256 } from '../secrets.ts'
import { refreshMedia } from './refresh-media.ts'

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

async function addPiece(state: 'approved' | 'withdrawn' = 'approved', stored = bytes): Promise<void> {
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
    })
    .execute()
}

async function want(given: { mediaId: string; expiresAt: Date } | null = null): Promise<void> {
  const known = given ?? { mediaId: null, expiresAt: null }
  await bench.db
    .insertInto('media')
    .values({ fileHash, kind: 'file', ...known, uploadedAt: null, wantedAt: bench.now(), problem: null })
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
