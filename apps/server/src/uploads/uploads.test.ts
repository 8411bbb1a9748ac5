import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { buildRep } from '../../test/builders.ts'
import { memoryFiles } from '../../test/memory-files.ts'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import { anyPdf, hashOf, partBytes, partOf, sendPart, uploader } from '../../test/uploads.ts'
import { RenditionError } from '../content/renditions/rendition.ts'
import { sniffFile } from '../content/inspect/sniff-file.ts'
import { AppError } from '../errors.ts'
import { assembleUploads } from './assemble-uploads.ts'
import { sweepUploads } from './sweep-uploads.ts'
import { readFile } from 'node:fs/promises'
import type { Renditions } from '../content/renditions/renditions.ts'

const day = 86_400_000
let server: TestServer
let kept: Map<string, Buffer>
let personId: string
let author: ReturnType<typeof uploader>

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  kept = new Map()
  Object.assign(server.deps, { files: memoryFiles(kept), renditions: byFirstBytes() })
  personId = await buildRep(server, { roles: ['author'] })
  author = uploader({ url: server.url, cookie: await server.signIn(personId, 'console') })
})

/** Looks at the first bytes alone; the whole look has tests of its own. */
function byFirstBytes(): Pick<Renditions, 'inspect'> {
  return {
    async inspect(path) {
      const format = sniffFile(await readFile(path))
      if (format === 'office') throw new RenditionError('not_supported')
      return { format, seconds: 0 }
    },
  }
}

const look = async (uploadId: string) => (await author.look(uploadId)).body
const storedRow = (bytes: Buffer) =>
  server.db.selectFrom('storedFile').selectAll().where('fileHash', '=', hashOf(bytes)).executeTakeFirst()
const eventsOf = async (uploadId: string) => {
  const rows = await server.db
    .selectFrom('auditEntry')
    .select(['event', 'actorId', 'reason'])
    .where('subjectId', '=', uploadId)
    .execute()
  return rows.map(({ event, actorId, reason }) => [event, actorId === personId, reason])
}
const names = () => [...kept.keys()].toSorted()

describe('a file on its way in', () => {
  it('goes in parts, in any order, is checked, and is stored once under its hash', async () => {
    const file = anyPdf()
    const opened = (await author.open(file)).body
    expect(opened).toMatchObject({ stage: 'open', stored: false, have: [], partBytes, fileHash: null, problem: null })
    for (const number of [3, 1]) await author.part(opened.uploadId, number, partOf(file, number))
    expect((await author.close(opened.uploadId)).body).toMatchObject({ stage: 'open', have: [1, 3] })
    await author.part(opened.uploadId, 2, partOf(file, 2))
    expect((await author.close(opened.uploadId)).body).toMatchObject({ stage: 'checking', have: [1, 2, 3] })
    expect(await storedRow(file)).toBeUndefined()

    await assembleUploads(server.deps)
    expect(await look(opened.uploadId)).toMatchObject({
      ...{ stage: 'stored', stored: true, fileHash: hashOf(file), mime: 'application/pdf', problem: null, have: [] },
    })
    expect(await storedRow(file)).toMatchObject({ bytes: file.length, kind: 'pdf', storedBy: personId })
    expect((await look(opened.uploadId)).rendition).toEqual({ stage: 'waiting', problem: null, done: 0, of: 0 })
    expect(names()).toEqual([`content/${hashOf(file)}`])
    expect(kept.get(`content/${hashOf(file)}`)!.equals(file)).toBe(true)
    expect(await eventsOf(opened.uploadId)).toEqual([['file.stored', true, null]])
  })

  it('goes on where it was cut off: by its id, or announced again with its hash', async () => {
    const file = anyPdf()
    const announced = { sha256: hashOf(file) }
    const { uploadId } = (await author.open(file, announced)).body
    await author.part(uploadId, 2, partOf(file, 2))
    expect(await look(uploadId)).toMatchObject({ have: [2], stage: 'open' })
    const again = (await author.open(file, announced)).body
    expect(again).toMatchObject({ uploadId, have: [2] })
    expect((await author.open(file)).body.uploadId).not.toBe(uploadId)
    await author.send(uploadId, file, again.have)
    await author.close(uploadId)
    await assembleUploads(server.deps)
    expect(await look(uploadId)).toMatchObject({ stage: 'stored' })
  })

  it('that is here already is not sent again, and twice the same is one object', async () => {
    const file = anyPdf()
    await Promise.all(Array.from({ length: 5 }, () => author.whole(file)))
    await Promise.all([assembleUploads(server.deps), assembleUploads(server.deps)])
    expect(names()).toEqual([`content/${hashOf(file)}`])
    const known = (await author.open(file, { sha256: hashOf(file), fileName: 'other.pdf' })).body
    expect(known).toMatchObject({ stage: 'stored', fileHash: hashOf(file), have: [] })
    expect(await eventsOf(known.uploadId)).toEqual([['file.stored', true, null]])
    const misnamed = (await author.open(file, { sha256: hashOf(file), fileName: 'other.png' })).body
    expect(misnamed).toMatchObject({ stage: 'refused', problem: 'wrong_extension' })
    const shorter = (await author.open(file.subarray(1), { sha256: hashOf(file) })).body
    expect(shorter).toMatchObject({ stage: 'open' })
  })

  it('may have its parts and its end told twice', async () => {
    const file = anyPdf(partBytes)
    const { uploadId } = (await author.open(file)).body
    const answers = await Promise.all(Array.from({ length: 10 }, () => author.part(uploadId, 1, file)))
    expect(answers.every(({ body }) => body.kept)).toBe(true)
    await Promise.all([author.close(uploadId), author.close(uploadId)])
    await assembleUploads(server.deps)
    expect((await author.close(uploadId)).body).toMatchObject({ stage: 'stored' })
    expect(await eventsOf(uploadId)).toEqual([['file.stored', true, null]])
  })
})

describe('a part', () => {
  it('that is not what it was said to be, or not what came before, is refused', async () => {
    const file = anyPdf()
    const { uploadId } = (await author.open(file)).body
    const first = partOf(file, 1)
    const mismatch = { status: 409, body: { error: 'part_mismatch' } }
    expect(await author.part(uploadId, 1, first, hashOf(file))).toMatchObject(mismatch)
    expect(await author.part(uploadId, 1, first.subarray(1))).toMatchObject(mismatch)
    expect(await author.part(uploadId, 3, first)).toMatchObject(mismatch)
    expect(names()).toEqual([])
    expect((await author.part(uploadId, 1, first)).status).toBe(200)
    expect(await author.part(uploadId, 1, Buffer.from(first).fill(7, 9, 11))).toMatchObject(mismatch)
    expect(await look(uploadId)).toMatchObject({ have: [1] })
  })

  it('is known by its number, its length, its hash and its type', async () => {
    const file = anyPdf()
    const { uploadId } = (await author.open(file)).body
    for (const number of [0, 4, 10_000]) expect((await author.part(uploadId, number, partOf(file, 1))).status).toBe(400)
    expect((await author.part(uploadId, 1, file)).body.error).toBe('too_large')
    expect((await author.part(uploadId, 1, partOf(file, 1), 'x')).body.field).toBe('x-part-sha256')
    expect((await author.part('nothing', 1, partOf(file, 1))).body.error).toBe('upload_not_found')
    const path = `/api/console/uploads/${uploadId}/parts/1`
    const sent = {
      cookie: await server.signIn(personId, 'console'),
      path,
      bytes: partOf(file, 1),
      declared: hashOf(partOf(file, 1)),
    }
    const asking = (change: object) => sendPart(server.url, { ...sent, ...change })
    expect((await asking({ headers: { 'content-type': 'text/plain' } })).body.field).toBe('content-type')
    expect((await asking({ headers: { origin: 'https://evil.example' } })).body.error).toBe('wrong_origin')
    expect((await asking({ cookie: '' })).status).toBe(401)
    expect((await asking({ cookie: await server.signIn(personId, 'rep') })).status).toBe(401)
  })

  it('that rotted or went missing is asked for again', async () => {
    for (const spoil of [
      (name: string) => kept.set(name, Buffer.alloc(partBytes)),
      (name: string) => kept.delete(name),
    ]) {
      const file = anyPdf()
      const uploadId = await author.whole(file)
      spoil(names().find((name) => name.startsWith(`uploads/${uploadId.toLowerCase()}/2-`))!)
      await assembleUploads(server.deps)
      expect(await look(uploadId)).toMatchObject({ stage: 'open', problem: 'part_lost', have: [1, 3] })
      await author.part(uploadId, 2, partOf(file, 2))
      await author.close(uploadId)
      await assembleUploads(server.deps)
      expect(await look(uploadId)).toMatchObject({ stage: 'stored', problem: null })
    }
  })
})

describe('a file that is not taken', () => {
  const vtt = (words: string) => Buffer.from(`WEBVTT\n\n00:01.000 --> 00:02.000\n${words}\n`)
  const png = sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } }).png()
  it.each([
    ['is not the one announced', async () => anyPdf(), { sha256: 'a'.repeat(64) }, 'other_bytes'],
    ['is of an unknown kind', async () => Buffer.from('MZ\x90\x00\x03'), {}, 'not_supported'],
    ['says something else than it is', async () => png.toBuffer(), {}, 'wrong_extension'],
    ['hides what it is', async () => anyPdf(), { fileName: 'report\u202efdp.exe' }, 'bad_name'],
    ['breaks the line', async () => anyPdf(), { fileName: 'a\r\nb.pdf' }, 'bad_name'],
    ['is no picture, for a card', async () => anyPdf(), { purpose: 'card' as const }, 'not_supported'],
    ['is no picture, for a poster', async () => anyPdf(), { purpose: 'poster' as const }, 'not_supported'],
    ['is no captions', async () => anyPdf(1_000), { purpose: 'captions' as const }, 'not_supported'],
    ['is captions, for a piece', async () => vtt('好'), { fileName: 'a.vtt' }, 'not_supported'],
    ['is captions of another name', async () => vtt('好'), { purpose: 'captions' as const }, 'wrong_extension'],
  ])('because it %s, leaves nothing but the answer', async (_, make, announced, problem) => {
    const file = await make()
    const uploadId = await author.whole(file, announced)
    await assembleUploads(server.deps)
    expect(await look(uploadId)).toMatchObject({ stage: 'refused', stored: false, problem, fileHash: null, have: [] })
    expect(await storedRow(file)).toBeUndefined()
    expect(names()).toEqual([])
    expect(await eventsOf(uploadId)).toEqual([['file.refused', true, problem]])
  })

  it('because the store holds other bytes under its hash, is left for a person to look at', async () => {
    const file = anyPdf()
    kept.set(`content/${hashOf(file)}`, Buffer.from('rotten'))
    const uploadId = await author.whole(file)
    await assembleUploads(server.deps)
    expect(await look(uploadId)).toMatchObject({ stage: 'refused', problem: 'not_kept' })
    expect(server.logged.join('')).toContain('the store holds other bytes')
    expect(kept.get(`content/${hashOf(file)}`)!.toString()).toBe('rotten')
  })

  it('because it is too large for its purpose, is not begun', async () => {
    const announce = (bytes: number, purpose: 'content' | 'card' | 'poster' | 'import') =>
      author.open({ length: bytes } as Buffer, { purpose })
    const mb = 1024 * 1024
    expect((await announce(200 * mb, 'content')).status).toBe(200)
    for (const [most, purpose] of [
      [200, 'content'],
      [10, 'card'],
      [10, 'poster'],
      [10, 'import'],
    ] as const)
      expect((await announce(most * mb + 1, purpose)).body.error).toBe('too_large')
    expect((await announce(0, 'content')).body).toMatchObject({ error: 'bad_request', field: 'bytes' })
  })
})

describe('who uploads', () => {
  it('is an author, sees only their own, and has not more than a hundred open', async () => {
    const reviewer = await buildRep(server, { roles: ['rep', 'medical', 'system_admin'] })
    const other = uploader({ url: server.url, cookie: await server.signIn(reviewer, 'console') })
    expect(await other.open(anyPdf())).toMatchObject({ status: 403, body: { error: 'wrong_role' } })
    const second = uploader({
      url: server.url,
      cookie: await server.signIn(await buildRep(server, { roles: ['author'] }), 'console'),
    })
    const file = anyPdf(1_000)
    const { uploadId } = (await author.open(file)).body
    for (const answer of [
      await second.look(uploadId),
      await second.close(uploadId),
      await second.part(uploadId, 1, file),
    ])
      expect(answer).toMatchObject({ status: 404, body: { error: 'upload_not_found' } })
    for (let open = 1; open < 100; open += 1) expect((await author.open(file)).status).toBe(200)
    expect(await author.open(file)).toMatchObject({ status: 429, body: { error: 'too_many_requests' } })
  })
})

describe('what nobody goes on with', () => {
  it('is forgotten a day after its last part, and its parts with it', async () => {
    const file = anyPdf()
    const { uploadId } = (await author.open(file)).body
    await author.part(uploadId, 1, partOf(file, 1))
    const begun = server.clock.at
    server.clock.at = new Date(begun.getTime() + day - 1_000)
    author = uploader({ url: server.url, cookie: await server.signIn(personId, 'console') })
    await author.part(uploadId, 2, partOf(file, 2))
    server.clock.at = new Date(begun.getTime() + day + 1_000)
    await sweepUploads(server.deps)
    expect(await look(uploadId)).toMatchObject({ have: [1, 2] })
    server.clock.at = new Date(begun.getTime() + 2 * day)
    author = uploader({ url: server.url, cookie: await server.signIn(personId, 'console') })
    expect((await author.part(uploadId, 3, partOf(file, 3))).body.error).toBe('upload_not_found')
    await sweepUploads(server.deps)
    expect(names()).toEqual([])
    expect((await author.look(uploadId)).body.error).toBe('upload_not_found')
    server.clock.at = begun
  })

  it('is not a closed one: as long as the store is away it waits, and is stored when it is back', async () => {
    const file = anyPdf()
    const uploadId = await author.whole(file)
    const { files } = server.deps
    const away = () => Promise.reject(new AppError('busy'))
    Object.assign(server.deps, { files: { ...files, put: away, putFrom: away, read: away } })
    const another = (await author.open(file)).body
    expect((await author.part(another.uploadId, 1, partOf(file, 1))).status).toBe(503)
    await expect(assembleUploads(server.deps)).rejects.toThrow('busy')
    const begun = server.clock.at
    server.clock.at = new Date(begun.getTime() + 30 * day)
    Object.assign(server.deps, { files })
    await sweepUploads(server.deps)
    await assembleUploads(server.deps)
    expect(await storedRow(file)).toBeDefined()
    server.clock.at = begun
    expect(await look(uploadId)).toMatchObject({ stage: 'stored' })
  })
})
