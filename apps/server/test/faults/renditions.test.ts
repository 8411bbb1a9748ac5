import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { askRendition } from '../../src/content/renditions/ask-rendition.ts'
import { openFiles } from '../../src/files/open-files.ts'
import { sha256 } from '../../src/secrets.ts'
import { buildPiece } from '../builders.ts'
import { buildPdf } from '../pdf.ts'
import type { TestServer } from '../test-server.ts'
import { startInPresent } from './present.ts'
import { builtFolder, buildServer, startRealServer, type RealServer } from './real-server.ts'

let program: string
let world: TestServer
let root: string
const running: RealServer[] = []

beforeAll(async () => {
  program = buildServer()
  world = await startInPresent()
  root = mkdtempSync(join(tmpdir(), 'vouch-drawn-'))
})
afterEach(stopAll)
afterAll(async () => {
  await world.stop()
  for (const folder of [builtFolder, root]) rmSync(folder, { recursive: true, force: true })
})

async function stopAll(): Promise<void> {
  for (const server of running.splice(0)) {
    server.kill()
    await server.ended
  }
}

async function start(): Promise<void> {
  running.push(await startRealServer(program, world, { FILES_URL: `file:${root}` }))
}

/** What a killed server held runs out by itself, after two minutes at most; here it has. */
async function leasesRunOut(): Promise<void> {
  const past = new Date(0)
  await world.owner.updateTable('job').set({ owner: null, ownedUntil: past, runAt: past }).execute()
  await world.owner.updateTable('rendition').set({ ownedUntil: past }).execute()
}

/** A draft of a stored file whose pages are asked for. */
async function askFor(bytes: Buffer) {
  const fileHash = sha256(bytes)
  await openFiles(`file:${root}`).put(`content/${fileHash}`, bytes)
  const id = await buildPiece(world, { state: 'draft', fileHash, pageCount: 0 })
  await world.db.transaction().execute((trx) => askRendition(trx, new Date(), fileHash))
  return { id, fileHash }
}

const stateOf = (fileHash: string) =>
  world.db
    .selectFrom('rendition')
    .select(['state', 'pagesDone', 'problem'])
    .where('fileHash', '=', fileHash)
    .executeTakeFirstOrThrow()

const untilDrawn = (fileHash: string, pages: number) =>
  vi.waitFor(async () => expect((await stateOf(fileHash)).pagesDone).toBeGreaterThanOrEqual(pages), {
    ...{ timeout: 15_000, interval: 20 },
  })
const untilDone = (fileHash: string) =>
  vi.waitFor(async () => expect((await stateOf(fileHash)).state).toBe('done'), { timeout: 18_000, interval: 50 })

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  )

/** Processes that draw for a server of this test. */
function drawing(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const line = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ''
      return line.includes(builtFolder) && line.includes('render-pages.js')
    } catch {
      return false // it ended while we looked
    }
  })
}

async function expectWhole({ id, fileHash }: { id: string; fileHash: string }, pages: number): Promise<void> {
  const rows = await world.db
    .selectFrom('contentPage')
    .select(['number', 'text'])
    .where('contentItemId', '=', id)
    .orderBy('number')
    .execute()
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: pages }, (_, nth) => nth + 1))
  for (const { number, text } of rows) expect(text).toContain(`第 ${number} 页`)
  expect(filesBelow(`pages/${fileHash}`)).toHaveLength(pages * 3)
  expect(filesBelow('uploads')).toEqual([])
  const told = await world.owner.selectFrom('auditEntry').select('event').where('subjectId', '=', id).execute()
  expect(told).toEqual([{ event: 'content.drawn' }])
}

describe('pages are drawn', () => {
  it('by a server that is killed in the middle: what draws dies with it, and the next server goes on there', async () => {
    const asked = await askFor(await buildPdf({ pages: 5 }))
    await start()
    await untilDrawn(asked.fileHash, 2)
    await stopAll()
    await vi.waitFor(() => expect(drawing()).toEqual([]), { timeout: 5_000 })
    const left = await stateOf(asked.fileHash)
    expect(left.state).toBe('drawing')
    expect(left.pagesDone).toBeGreaterThanOrEqual(2)
    expect(readdirSync(root)).not.toContain('pages')

    await leasesRunOut()
    await start()
    await untilDone(asked.fileHash)
    await expectWhole(asked, 5)
  })

  it('once, by two servers that live at the same time', async () => {
    await leasesRunOut()
    const asked = await askFor(await buildPdf({ pages: 3 }))
    await Promise.all([start(), start()])
    await untilDone(asked.fileHash)
    await expectWhole(asked, 3)
  })
})
