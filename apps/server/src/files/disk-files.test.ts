import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderFiles } from './disk-files.ts'
import type { Files } from './files.ts'

let root: string
let files: Files

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vouch-files-'))
  files = folderFiles(root)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('bytes in a folder', () => {
  it('are not there before they are whole: what a crashed writer left has no name and is swept after a day', async () => {
    await files.put('content/abc', Buffer.from('x'))
    const [fresh, old] = ['fresh', 'old'].map((name) => join(root, '.incoming', name)) as [string, string]
    for (const path of [fresh, old]) writeFileSync(path, 'half of i')
    utimesSync(old, 0, 0)
    const reopened = folderFiles(root)
    await reopened.put('content/def', Buffer.from('y'))
    expect(readdirSync(join(root, '.incoming'))).toEqual(['fresh'])
    await expect(reopened.read('.incoming/fresh')).rejects.toThrow(/no name/)
  })

  it('are reported as not found below a file and when the name is a folder', async () => {
    mkdirSync(join(root, 'folder'))
    await files.put('content/some', Buffer.from('x'))
    await expect(files.read('content/some/below')).rejects.toMatchObject({ code: 'not_found' })
    await expect(files.open('content/some/below')).rejects.toMatchObject({ code: 'not_found' })
    expect(await files.has('folder')).toBe(false)
  })

  it('are not written half when the disk says no, and the check says no as well', async () => {
    writeFileSync(join(root, 'content'), 'a file where a folder should be')
    await expect(files.put('content/abc', Buffer.from('x'))).rejects.toThrow(/ENOTDIR|EEXIST/)
    expect(readdirSync(join(root, '.incoming'))).toEqual([])
    rmSync(root, { recursive: true })
    await expect(files.check()).rejects.toThrow(/ENOENT/)
  })
})
