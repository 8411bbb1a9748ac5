import { createHash, randomBytes } from 'node:crypto'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFiles } from './disk-files.ts'
import type { Files } from './files.ts'

let root: string
let files: Files

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vouch-files-'))
  files = openFiles(`file:${root}`)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('bytes in a folder', () => {
  it('come back as they went in, whole or as a stream', async () => {
    const bytes = randomBytes(300_000)
    await files.put('content/abc', bytes)
    expect((await files.read('content/abc')).equals(bytes)).toBe(true)
    const opened = await files.open('content/abc')
    expect(opened.bytes).toBe(bytes.length)
    expect((await buffer(opened.stream)).equals(bytes)).toBe(true)
    expect(await files.has('content/abc')).toBe(true)
  })

  it('never change once they have a name', async () => {
    await files.put('content/abc', Buffer.from('first'))
    await files.put('content/abc', Buffer.from('second'))
    expect((await files.read('content/abc')).toString()).toBe('first')
  })

  it('are one whole version when ten write the same name at once', async () => {
    const versions = Array.from({ length: 10 }, (_, nth) => Buffer.alloc(200_000, nth))
    const seen = new Set<string>()
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
    await Promise.all(
      versions.map(async (version) => {
        await files.put('content/same', version)
        seen.add(hash(await files.read('content/same')))
      }),
    )
    expect(seen.size).toBe(1)
    expect(versions.map(hash)).toContain([...seen][0])
    expect(readdirSync(join(root, '.incoming'))).toEqual([])
  })

  it('are not there before they are whole: what a crashed writer left has no name and is swept after a day', async () => {
    await files.put('content/abc', Buffer.from('x'))
    const [fresh, old] = ['fresh', 'old'].map((name) => join(root, '.incoming', name)) as [string, string]
    for (const path of [fresh, old]) writeFileSync(path, 'half of i')
    utimesSync(old, 0, 0)
    const reopened = openFiles(`file:${root}`)
    await reopened.put('content/def', Buffer.from('y'))
    expect(readdirSync(join(root, '.incoming'))).toEqual(['fresh'])
    await expect(reopened.read('.incoming/fresh')).rejects.toThrow(/no name/)
  })

  it('are reported as not found when there are none', async () => {
    mkdirSync(join(root, 'folder'))
    for (const name of ['content/none', 'content/none/below']) {
      await expect(files.read(name)).rejects.toMatchObject({ code: 'not_found' })
      await expect(files.open(name)).rejects.toMatchObject({ code: 'not_found' })
      expect(await files.has(name)).toBe(false)
    }
    expect(await files.has('folder')).toBe(false)
  })

  it('are not written half when the disk says no', async () => {
    writeFileSync(join(root, 'content'), 'a file where a folder should be')
    await expect(files.put('content/abc', Buffer.from('x'))).rejects.toThrow(/ENOTDIR|EEXIST/)
    expect(readdirSync(join(root, '.incoming'))).toEqual([])
  })
})

describe('a name', () => {
  const unsafe = [
    '',
    '/etc/passwd',
    '../a',
    'a/../b',
    'a/..',
    './a',
    'a//b',
    'a/',
    'A',
    'a b',
    'a\\b',
    'a\0b',
    '.incoming/x',
    'a/.b',
    'ü',
    'x'.repeat(301),
  ]
  it.each(unsafe)('such as %j is refused everywhere', async (name) => {
    await expect(files.put(name, Buffer.from('x'))).rejects.toThrow(/no name/)
    await expect(files.read(name)).rejects.toThrow(/no name/)
    await expect(files.open(name)).rejects.toThrow(/no name/)
    await expect(files.has(name)).rejects.toThrow(/no name/)
  })
})

describe('the address of a store', () => {
  it('is a folder, relative to where the process started', async () => {
    symlinkSync(root, join(root, 'here'))
    const absolute = openFiles(`file://${root}/deeper`)
    await absolute.put('a', Buffer.from('x'))
    expect(readFileSync(join(root, 'deeper/a'), 'utf8')).toBe('x')
  })

  it.each([
    ['s3://bucket/prefix', /s3: store/],
    ['https://example.com/', /must begin with file:/],
    ['file:', /names no folder/],
  ])('such as %s is answered with what to do', (url, sentence) => {
    expect(() => openFiles(url)).toThrow(sentence)
  })
})
