import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inWorkingFolder } from './working-folder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vouch-working-'))
  process.env['TMPDIR'] = root
})
afterEach(() => {
  delete process.env['TMPDIR']
  rmSync(root, { recursive: true, force: true })
})

describe('a folder to work in', () => {
  it('is gone when the work is done or has failed', async () => {
    const seen = await inWorkingFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), 'x')
      return existsSync(join(folder, 'file'))
    })
    await expect(inWorkingFolder(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect([seen, readdirSync(root)]).toEqual([true, []])
  })

  it('that a killed process left is removed by the next one; one in use and other people’s stay', async () => {
    for (const name of ['vouch-render-left', 'vouch-render-used', 'others']) mkdirSync(join(root, name))
    const longAgo = new Date(Date.now() - 2 * 3_600_000)
    for (const name of ['vouch-render-left', 'others']) utimesSync(join(root, name), longAgo, longAgo)
    await inWorkingFolder(async () => {})
    expect(readdirSync(root).sort()).toEqual(['others', 'vouch-render-used'])
  })
})
