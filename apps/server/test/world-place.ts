import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import sharp from 'sharp'
import { preparePiece } from '../src/content/prepare-piece.ts'
import type { Renditions } from '../src/content/renditions/renditions.ts'
import { openDatabase } from '../src/db/database.ts'
import type { Database } from '../src/db/schema.ts'
import { openFiles } from '../src/files/open-files.ts'
import type { Files } from '../src/files/files.ts'
import { loadWorld, type LoadWorld } from '../src/setup/load-world.ts'
import { createSchema } from './create-schema.ts'
import { buildPdf } from './pdf.ts'
import { writeTinyWorld } from './tiny-world.ts'

type Bytes = Parameters<typeof writeTinyWorld>[1]
type Asked = Partial<LoadWorld> & { renditions?: Renditions; change?: (world: Record<string, unknown>) => void }

export const noon = new Date('2026-11-22T12:00:00+08:00')
const html =
  '<section><h2 onclick="x()">一、报告</h2><p>读<script>alert(1)</script>懂</p><img src=x onerror=y></section>'

/** A place into which the tiny world is loaded: a database of its own, a folder, and what the loader said. */
export type WorldPlace = {
  db: Kysely<Database>
  bytes: Bytes
  folder: string
  files: Files
  said: string[]
  /** Empties database, folder and what was said. */
  clear: () => Promise<void>
  emptyDatabase: () => Promise<void>
  /** At `noon` and without page images unless asked otherwise. */
  load: (asked?: Asked) => ReturnType<typeof loadWorld>
  close: () => Promise<void>
}

/** `name` tells the databases of test files apart. */
export async function openWorldPlace(name: string): Promise<WorldPlace> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '')
  url.pathname = `${url.pathname}_${name}`
  await createSchema(url.toString())
  const db = openDatabase(url.toString(), 4)
  const png = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#1a66d6' } })
    .png()
    .toBuffer()
  const bytes = { pdf: await buildPdf({ pages: 2 }), html: Buffer.from(html), png, mp4: mp4(11_400) }
  const folder = mkdtempSync(join(tmpdir(), 'vouch-world-'))
  const place: WorldPlace = {
    ...{ db, bytes, folder, said: [], files: openFiles(`file:${join(folder, 'stored')}`) },
    async clear() {
      await place.emptyDatabase()
      place.said.length = 0
      for (const part of ['stored', 'files']) rmSync(join(folder, part), { recursive: true, force: true })
      place.files = openFiles(`file:${join(folder, 'stored')}`)
    },
    async emptyDatabase() {
      const tables = (await db.introspection.getTables()).filter((table) => !table.name.startsWith('kysely_'))
      for (const table of tables) await sql`truncate ${sql.table(table.name)}`.execute(db)
    },
    load({ renditions, change, ...asked } = {}) {
      return loadWorld({
        ...{ db, now: () => noon, say: (line: string) => void place.said.push(line) },
        worldPath: asked.worldPath ?? writeTinyWorld(folder, bytes, change),
        prepare: (piece) => preparePiece({ files: place.files, ...(renditions ? { renditions } : {}) }, piece),
        ...asked,
      })
    },
    async close() {
      await db.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return place
}

/** An MP4 of nothing but its header: that long in milliseconds. */
function mp4(milliseconds: number): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1_000, 12)
  header.writeUInt32BE(milliseconds, 16)
  const box = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(content.length + 8)
    head.write(type, 4)
    return Buffer.concat([head, content])
  }
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', box('mvhd', header))])
}
