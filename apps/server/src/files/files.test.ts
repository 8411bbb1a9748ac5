import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryFiles } from '../../test/memory-files.ts'
import { keys, startS3 } from '../../test/s3/s3-server.ts'
import { hashOf } from './file-hash.ts'
import type { Files, Promised } from './files.ts'
import { openFiles } from './open-files.ts'

type Store = {
  files: Files
  /** Names of all that is kept, and of what is half written. */
  kept: () => string[]
  /** Puts bytes under a name behind the store's back. */
  plant: (name: string, bytes: Buffer) => void
  close: () => unknown
}

async function openFolder(): Promise<Store> {
  const root = mkdtempSync(join(tmpdir(), 'vouch-files-'))
  const files = openFiles(`file:${root}`)
  await files.check() // its folders are there, and nobody makes them again after the end
  return {
    files,
    kept: () =>
      readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [join(entry.parentPath, entry.name).slice(root.length + 1)] : [],
      ),
    plant: (name, bytes) => {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), bytes)
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function openBucket(): Promise<Store> {
  const s3 = await startS3()
  return {
    files: openFiles(s3.url, keys),
    kept: () =>
      [...s3.objects.keys(), ...[...s3.uploads.values()].map(({ key }) => key)].map((key) => key.slice('kept/'.length)),
    plant: (name, bytes) => void s3.objects.set(`kept/${name}`, bytes),
    close: s3.stop,
  }
}

async function openMemory(): Promise<Store> {
  const kept = new Map<string, Buffer>()
  return {
    files: memoryFiles(kept),
    kept: () => [...kept.keys()],
    plant: (name, bytes) => void kept.set(name, bytes),
    close: () => kept.clear(),
  }
}

async function* inPieces(bytes: Buffer, size = 300_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const promiseOf = (bytes: Buffer): Promised => ({ sha256: hashOf(bytes), bytes: bytes.length })
const large = randomBytes(9 * 1024 * 1024)

/** Every store keeps the same promises. */
describe.each([
  ['a folder', openFolder],
  ['an S3 bucket', openBucket],
  ['the memory of a test', openMemory],
])('bytes in %s', (_, openStore) => {
  let store: Store
  let files: Files
  beforeEach(async () => {
    store = await openStore()
    files = store.files
  })
  afterEach(() => store.close())

  it('come back as they went in, whole, as a stream or from one byte to another', async () => {
    const bytes = randomBytes(300_000)
    await files.put('content/abc', bytes)
    expect((await files.read('content/abc')).equals(bytes)).toBe(true)
    const opened = await files.open('content/abc')
    expect(opened.bytes).toBe(bytes.length)
    expect((await buffer(opened.stream)).equals(bytes)).toBe(true)
    const part = await files.open('content/abc', { start: 1, end: 200_000 })
    expect(part.bytes).toBe(bytes.length)
    expect((await buffer(part.stream)).equals(bytes.subarray(1, 200_001))).toBe(true)
    expect(await files.has('content/abc')).toBe(true)
    await files.put('content/empty', Buffer.alloc(0))
    expect((await files.read('content/empty')).length).toBe(0)
  })

  it('never change once they have a name', async () => {
    await files.put('content/abc', Buffer.from('first'))
    await files.put('content/abc', Buffer.from('second'))
    expect((await files.read('content/abc')).toString()).toBe('first')
  })

  it('are one whole version when ten write the same name at once', async () => {
    const versions = Array.from({ length: 10 }, (_unused, nth) => Buffer.alloc(200_000, nth))
    const seen = new Set<string>()
    const write = async (version: Buffer) => {
      await files.put('content/same', version)
      seen.add(hashOf(await files.read('content/same')))
    }
    await Promise.all(versions.map(write))
    expect(seen.size).toBe(1)
    expect(versions.map(hashOf)).toContain([...seen][0])
    expect(store.kept()).toEqual(['content/same'])
  })

  it('may be more than anybody wants to hold, and are one object when four bring the same', async () => {
    const name = `content/${hashOf(large)}`
    await Promise.all(Array.from({ length: 4 }, () => files.putFrom(name, inPieces(large), promiseOf(large))))
    await files.putFrom(name, inPieces(large), promiseOf(large))
    expect(hashOf(await files.read(name))).toBe(hashOf(large))
    expect(store.kept()).toEqual([name])
  })

  const small = large.subarray(0, 500_000)
  const broken = async function* () {
    yield large.subarray(0, 8_900_000)
    throw new Error('the line broke')
  }
  it.each([
    ['other bytes', () => inPieces(Buffer.from(large).fill(0, 7, 99)), promiseOf(large)],
    ['a byte too few', () => inPieces(large.subarray(1)), promiseOf(large)],
    ['a byte too many', () => inPieces(Buffer.concat([large, Buffer.from('x')])), promiseOf(large)],
    ['other bytes of a small file', () => inPieces(Buffer.from(small).fill(0, 7, 99)), promiseOf(small)],
    ['too much for a small file', () => inPieces(large), promiseOf(small)],
    ['half of it and then a fault', broken, promiseOf(large)],
  ])('are not there at all when the source brings %s', async (_unused, source, promised) => {
    await expect(files.putFrom('content/abc', source(), promised)).rejects.toThrow(/said to be|line broke/)
    expect(await files.has('content/abc')).toBe(false)
    expect(store.kept()).toEqual([])
    await files.putFrom('content/abc', inPieces(small), promiseOf(small))
    expect(store.kept()).toEqual(['content/abc'])
  })

  it('are refused when others have the name already, and those stay', async () => {
    store.plant('content/abc', Buffer.from('rotten'))
    await expect(files.putFrom('content/abc', inPieces(small), promiseOf(small))).rejects.toThrow(/said to be/)
    expect((await files.read('content/abc')).toString()).toBe('rotten')
  })

  it('are reported as not found when there are none', async () => {
    await expect(files.read('content/none')).rejects.toMatchObject({ code: 'not_found' })
    await expect(files.open('content/none')).rejects.toMatchObject({ code: 'not_found' })
    expect(await files.has('content/none')).toBe(false)
  })

  it('are kept for good, but for what waits below uploads/', async () => {
    for (const name of ['content/a', 'uploads/one/1', 'uploads/one/2', 'uploads/one/3', 'uploads/onemore/1'])
      await files.put(name, Buffer.from(name))
    await expect(files.remove('content/a')).rejects.toThrow(/kept for good/)
    await expect(files.remove('uploads/../content/a')).rejects.toThrow(/no name/)
    await files.remove('uploads/one')
    await files.remove('uploads/never')
    expect(store.kept().toSorted()).toEqual(['content/a', 'uploads/onemore/1'])
    await files.remove('uploads/onemore/1')
    expect(store.kept()).toEqual(['content/a'])
  })

  it('can be kept now, says a check that leaves nothing', async () => {
    await files.check()
    expect(store.kept()).toEqual([])
  })

  const unsafe = ['', '/etc/passwd', '../a', 'a/../b', 'a/..', './a', 'a//b', 'a/', 'A', 'a b', 'a\\b', 'a\0b']
  it.each([...unsafe, '.incoming/x', 'a/.b', 'ü', 'x'.repeat(301)])('have no name such as %j', async (name) => {
    const promised = promiseOf(small)
    await expect(files.put(name, Buffer.from('x'))).rejects.toThrow(/no name/)
    await expect(files.putFrom(name, inPieces(small), promised)).rejects.toThrow(/no name/)
    await expect(files.read(name)).rejects.toThrow(/no name/)
    await expect(files.open(name)).rejects.toThrow(/no name/)
    await expect(files.has(name)).rejects.toThrow(/no name/)
    await expect(files.remove(name)).rejects.toThrow(/no name/)
  })
})
