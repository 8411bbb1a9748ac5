import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askRendition } from '../src/content/renditions/ask-rendition.ts'
import type { RenderedPage } from '../src/content/renditions/rendition.ts'
import { createRenditions, type Renditions } from '../src/content/renditions/renditions.ts'
import { sha256 } from '../src/secrets.ts'
import { buildPiece } from './builders.ts'
import { memoryFiles } from './memory-files.ts'
import { buildRenderer } from './renderer.ts'
import { startTestServer } from './test-server.ts'

export type TestDrawing = Awaited<ReturnType<typeof startTestDrawing>>

/** A test server that draws: with the real drawing process, a store in memory and a folder for what is in between. */
export async function startTestDrawing() {
  const renderer = await buildRenderer()
  const server = await startTestServer()
  const between = mkdtempSync(join(tmpdir(), 'vouch-drawing-'))
  process.env['TMPDIR'] = between
  const { db, owner, clock } = server
  const kept = new Map<string, Buffer>()
  const files = memoryFiles(kept)
  const renditions = createRenditions({ files, program: renderer.program })
  const deps = { ...server.deps, files, renditions }

  const ask = (fileHash: string) => db.transaction().execute((trx) => askRendition(trx, deps.now(), fileHash))
  return {
    ...{ server, deps, renditions, kept, between, ask },
    /** Bytes in the store whose pages are asked for; a draft made of them unless there is none. */
    async given(bytes: Buffer, draft: Parameters<typeof buildPiece>[1] | null = {}) {
      const fileHash = sha256(bytes)
      await files.put(`content/${fileHash}`, bytes)
      const id = draft && (await buildPiece(server, { state: 'draft', fileHash, pageCount: 0, ...draft }))
      await ask(fileHash)
      return { fileHash, id: id ?? '' }
    },
    /** Draws as usual, but `onPage` comes first. */
    drawing: (onPage: (page: RenderedPage) => Promise<void>): Renditions => ({
      ...renditions,
      draw: (asked) =>
        renditions.draw({
          ...asked,
          async onPage(page, of) {
            await onPage(page)
            return asked.onPage(page, of)
          },
        }),
    }),
    renditionOf: (fileHash: string) =>
      db.selectFrom('rendition').selectAll().where('fileHash', '=', fileHash).executeTakeFirstOrThrow(),
    pagesOf: (id: string) =>
      db.selectFrom('contentPage').selectAll().where('contentItemId', '=', id).orderBy('number').execute(),
    pieceOf: (id: string) => db.selectFrom('contentItem').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    eventsOf: (subjectId: string) =>
      owner.selectFrom('auditEntry').select(['event', 'reason']).where('subjectId', '=', subjectId).execute(),
    storedBelow: (folder: string): string[] => [...kept.keys()].filter((name) => name.startsWith(folder)).sort(),
    later: (ms: number) => {
      clock.at = new Date(clock.at.getTime() + ms)
    },
    async forget(): Promise<void> {
      kept.clear()
      await owner.deleteFrom('storedFile').execute()
      await owner.deleteFrom('rendition').execute()
      await owner.deleteFrom('renditionPage').execute()
    },
    async stop(): Promise<void> {
      delete process.env['TMPDIR']
      rmSync(between, { recursive: true, force: true })
      renderer.remove()
      await server.stop()
    },
  }
}
