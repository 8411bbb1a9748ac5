import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'
import { choosePorts } from './lib/ports.mjs'
import { columns } from './lib/say.mjs'
import { tallyReport } from './lib/tally.mjs'
import { firstLoad } from './vite-budget.ts'

describe('ports', () => {
  test('a port that somebody uses is not taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const chosen = await choosePorts({ one: port, two: port })
    server.close()
    expect(new Set([port, chosen['one'], chosen['two']]).size).toBe(3)
  })
})

describe('the last line of a test run', () => {
  function tally(report: object | undefined, endedWell: boolean): { passed: number; failed: number } {
    const folder = mkdtempSync(join(tmpdir(), 'vouch-tally-'))
    const path = join(folder, 'report.json')
    if (report) writeFileSync(path, JSON.stringify(report))
    const result = tallyReport(path, endedWell)
    rmSync(folder, { recursive: true, force: true })
    return result
  }
  const unloaded = { status: 'failed', assertionResults: [] }

  test('counts what the report says', () =>
    expect(tally({ numPassedTests: 5, numFailedTests: 1, testResults: [] }, false)).toEqual({ passed: 5, failed: 1 }))
  test('counts a file that could not be loaded', () =>
    expect(tally({ numPassedTests: 5, numFailedTests: 0, testResults: [unloaded] }, false)).toEqual({
      passed: 5,
      failed: 1,
    }))
  test('counts a bad end for which no test stands', () =>
    expect(tally({ numPassedTests: 5, numFailedTests: 0, testResults: [] }, false)).toEqual({ passed: 5, failed: 1 }))
  test('counts a run without any report', () => expect(tally(undefined, false)).toEqual({ passed: 0, failed: 1 }))
})

describe('first load', () => {
  const chunk = (fileName: string, rest: object): object => ({
    type: 'chunk',
    fileName,
    code: fileName,
    imports: [],
    ...rest,
  })
  const bundle = {
    'main.js': chunk('main.js', {
      isEntry: true,
      imports: ['shared.js'],
      viteMetadata: { importedCss: new Set(['main.css']) },
    }),
    'shared.js': chunk('shared.js', { imports: ['main.js'] }),
    'lazy.js': chunk('lazy.js', { code: 'x'.repeat(9999), viteMetadata: { importedCss: new Set(['lazy.css']) } }),
    'main.css': { type: 'asset', fileName: 'main.css', source: 'a{}' },
    'lazy.css': { type: 'asset', fileName: 'lazy.css', source: 'b{}' },
  } as unknown as Rolldown.OutputBundle // only what is read is given

  test('is the entry, its static imports and their styles, each once', () => {
    const gzipHead = 20
    expect(firstLoad(bundle).js).toBe(2 * gzipHead + 'main.js'.length + 'shared.js'.length)
    expect(firstLoad(bundle).css).toBe(gzipHead + 'a{}'.length)
  })
})

test('a Chinese character takes two columns', () => expect(columns('准信 v')).toBe(6))
