import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPiece } from '../../test/builders.ts'
import { film } from '../../test/hostile/video-files.ts'
import { memoryFiles } from '../../test/memory-files.ts'
import { buildPdf } from '../../test/pdf.ts'
import { buildRenderer } from '../../test/renderer.ts'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../secrets.ts'
import { askRendition } from './ask-rendition.ts'
import { drawCard } from './draw-card.ts'
import { drawRenditions } from './draw-renditions.ts'
import { RenditionError } from './rendition.ts'
import { createRenditions, type Drawing, type Renditions } from './renditions.ts'

let renderer: Awaited<ReturnType<typeof buildRenderer>>
let server: TestServer
let kept: Map<string, Buffer>
let deps: Deps
let tmp: string

beforeAll(async () => {
  renderer = await buildRenderer()
  server = await startTestServer()
  tmp = mkdtempSync(join(tmpdir(), 'vouch-drawing-'))
  process.env['TMPDIR'] = tmp
})
afterAll(async () => {
  delete process.env['TMPDIR']
  rmSync(tmp, { recursive: true, force: true })
  renderer.remove()
  await server.stop()
})
beforeEach(async () => {
  await server.owner.deleteFrom('rendition').execute()
  await server.owner.deleteFrom('renditionPage').execute()
  kept = new Map()
  const files = memoryFiles(kept)
  deps = { ...server.deps, files, renditions: createRenditions({ files, program: renderer.program }) }
})

/** Bytes in the store whose pages are asked for; a draft made of them unless there is none. */
async function given(bytes: Buffer, draft: Parameters<typeof buildPiece>[1] | null = {}) {
  const fileHash = sha256(bytes)
  await deps.files.put(`content/${fileHash}`, bytes)
  const id = draft && (await buildPiece(server, { state: 'draft', fileHash, pageCount: 0, ...draft }))
  await ask(fileHash)
  return { fileHash, id: id ?? '' }
}

const ask = (fileHash: string) => server.db.transaction().execute((trx) => askRendition(trx, deps.now(), fileHash))
const renditionOf = (fileHash: string) =>
  server.db.selectFrom('rendition').selectAll().where('fileHash', '=', fileHash).executeTakeFirstOrThrow()
const pagesOf = (contentItemId: string) =>
  server.db.selectFrom('contentPage').selectAll().where('contentItemId', '=', contentItemId).orderBy('number').execute()
const pieceOf = (id: string) =>
  server.db.selectFrom('contentItem').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const eventsOf = (subjectId: string) =>
  server.owner.selectFrom('auditEntry').select(['event', 'reason']).where('subjectId', '=', subjectId).execute()
const storedBelow = (folder: string): string[] => [...kept.keys()].filter((name) => name.startsWith(folder)).sort()

describe('the pages of a file', () => {
  it('are drawn by a job, stored and given to its draft with their words', async () => {
    const { fileHash, id } = await given(await buildPdf({ pages: 2 }))
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({
      state: 'done',
      pagesDone: 2,
      pageCount: 2,
      problem: null,
      owner: null,
    })
    const pages = await pagesOf(id)
    expect(pages.map(({ number, width, height }) => [number, width, height])).toEqual([
      [1, 1080, 1527],
      [2, 1080, 1527],
    ])
    expect(pages[1]?.text).toContain('第 2 页')
    expect(pages[0]?.placeholder).toMatch(/^data:image\/webp/)
    const textHash = sha256(pages.map(({ text }) => sha256(text)).join())
    expect(await pieceOf(id)).toMatchObject({ pageCount: 2, textHash })
    expect(storedBelow('pages/')).toEqual(
      [1, 2].flatMap((page) => ['1080', '480', '720'].map((width) => `pages/${fileHash}/${page}-${width}.webp`)),
    )
    expect(storedBelow('uploads/')).toEqual([])
    expect(await eventsOf(id)).toEqual([{ event: 'content.drawn', reason: null }])
    expect(readdirSync(tmp)).toEqual([])
  })

  it('are drawn once: a second draft of the same file has them at once, corrected words of the first stay', async () => {
    const { fileHash, id } = await given(await buildPdf({ pages: 1 }))
    await drawRenditions(deps)
    await server.db.updateTable('contentPage').set({ text: '改正' }).where('contentItemId', '=', id).execute()
    const second = await buildPiece(server, { state: 'draft', fileHash, pageCount: 0 })
    await ask(fileHash)
    const once = { ...deps.renditions!, draw: () => Promise.reject(new Error('drawn again')) }
    await drawRenditions({ ...deps, renditions: once })
    expect((await pagesOf(second)).map(({ number }) => number)).toEqual([1])
    expect((await pagesOf(id)).map(({ text }) => text)).toEqual(['改正'])
  })

  it('are drawn before any draft is made of the file; the entry is then about the file', async () => {
    const { fileHash } = await given(await buildPdf({ pages: 1 }), null)
    await drawRenditions(deps)
    expect(await eventsOf(fileHash)).toEqual([{ event: 'content.drawn', reason: null }])
  })

  it('never reach a piece that is in review or approved: what was signed does not change', async () => {
    const { id } = await given(await buildPdf({ pages: 1 }), { state: 'in_review' })
    const before = await pieceOf(id)
    await drawRenditions(deps)
    expect(await pieceOf(id)).toEqual(before)
    expect(await pagesOf(id)).toEqual([])
  })

  it('of an article are none', async () => {
    const { fileHash, id } = await given(Buffer.from('# 标题\n\n正文'), { kind: 'article' })
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'done', pageCount: 0, problem: null })
    expect(await pagesOf(id)).toEqual([])
  })
})

describe('a long file', () => {
  it('is drawn over several runs, each going on where the last one was', async () => {
    const { fileHash, id } = await given(await buildPdf({ pages: 4 }))
    const begun: number[] = []
    const renditions = {
      ...deps.renditions!,
      draw: (drawing: Drawing) => (begun.push(drawing.first), deps.renditions!.draw(drawing)),
    }
    await drawRenditions({ ...deps, renditions }, { longestMs: 0, sliceMs: -1 })
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'waiting', pagesDone: 1, pageCount: 4 })
    expect([await pagesOf(id), storedBelow('pages/')]).toEqual([[], []])
    await drawRenditions({ ...deps, renditions })
    expect(begun).toEqual([1, 2])
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'done', pagesDone: 4 })
    expect((await pagesOf(id)).map(({ number }) => number)).toEqual([1, 2, 3, 4])
  })

  it('whose drawer is not heard of any more is taken up by another, and the first one, should it wake, changes nothing', async () => {
    const { fileHash, id } = await given(await buildPdf({ pages: 3 }))
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const sleepy: Renditions = {
      ...deps.renditions!,
      draw: (drawing) =>
        deps.renditions!.draw({
          ...drawing,
          onPage: async (page, of) => (page.number === 2 && (await asleep), drawing.onPage(page, of)),
        }),
    }
    const first = drawRenditions({ ...deps, renditions: sleepy })
    await until(async () => (await renditionOf(fileHash)).pagesDone === 1)
    await drawRenditions(deps)
    expect((await renditionOf(fileHash)).state).toBe('drawing')

    server.clock.at = new Date(server.clock.at.getTime() + 60_000)
    await drawRenditions(deps)
    expect((await renditionOf(fileHash)).state).toBe('done')
    expect(await pagesOf(id)).toHaveLength(3)
    wake()
    await first
    expect((await renditionOf(fileHash)).state).toBe('done')
    expect(await eventsOf(id)).toHaveLength(1)
  })

  it('is drawn from the beginning when what waited of it is gone', async () => {
    const { fileHash, id } = await given(await buildPdf({ pages: 2 }))
    await drawRenditions(deps, { longestMs: 0, sliceMs: -1 })
    await deps.files.remove(`uploads/pages/${fileHash}`)
    await drawRenditions(deps)
    expect((await renditionOf(fileHash)).state).toBe('done')
    expect(await pagesOf(id)).toHaveLength(2)
    expect(storedBelow('pages/')).toHaveLength(6)
  })
})

describe('a file that cannot be drawn', () => {
  it('says why and leaves no page', async () => {
    const { fileHash, id } = await given(await buildPdf({ password: 'secret' }))
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({
      state: 'failed',
      problem: 'encrypted',
      pagesDone: 0,
      owner: null,
    })
    expect(await eventsOf(id)).toEqual([{ event: 'content.draw_failed', reason: 'encrypted' }])
    expect([...kept.keys()]).toEqual([`content/${fileHash}`])
  })

  it('leaves none either when only its last page is at fault', async () => {
    const { fileHash, id } = await given(await buildPdf({ pages: 3 }))
    await drawRenditions({ ...deps, renditions: failingAt(3, () => new RenditionError('too_slow')) })
    expect(await renditionOf(fileHash)).toMatchObject({
      state: 'failed',
      problem: 'too_slow',
      pagesDone: 0,
      pageCount: 0,
    })
    expect(await pagesOf(id)).toEqual([])
    expect(await server.db.selectFrom('renditionPage').selectAll().execute()).toEqual([])
    expect([...kept.keys()]).toEqual([`content/${fileHash}`])
  })

  it('is tried again when it is asked for again, as a program may have been installed', async () => {
    const { fileHash } = await given(await buildPdf({ pages: 1 }))
    await drawRenditions({ ...deps, renditions: failingAt(1, () => new RenditionError('office_not_installed')) })
    expect((await renditionOf(fileHash)).problem).toBe('office_not_installed')
    await ask(fileHash)
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'done', problem: null })
  })

  it('because whoever draws it dies each time is given up after the third', async () => {
    const { fileHash } = await given(await buildPdf({ pages: 1 }))
    await server.db.updateTable('rendition').set({ attempts: 3, state: 'drawing' }).execute()
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'failed', problem: 'broken' })
  })

  it('because the store holds other bytes is not shown', async () => {
    const { fileHash } = await given(await buildPdf({ pages: 1 }))
    kept.set(`content/${fileHash}`, await buildPdf({ pages: 2 }))
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'failed', problem: 'broken' })
  })

  it('because the store does not answer waits and is drawn when it does', async () => {
    const { fileHash } = await given(await buildPdf({ pages: 1 }))
    await expect(drawRenditions({ ...deps, renditions: failingAt(1, () => new Error('no store')) })).rejects.toThrow()
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'waiting', attempts: 0, problem: null })
    server.clock.at = new Date(server.clock.at.getTime() + 60_000)
    await drawRenditions(deps)
    expect((await renditionOf(fileHash)).state).toBe('done')
  })
})

describe('a video', () => {
  it('without ffmpeg is taken without a picture of itself, and says so', async () => {
    const { fileHash, id } = await given(film(), { kind: 'video' })
    await drawRenditions(deps)
    expect(await renditionOf(fileHash)).toMatchObject({ state: 'done', problem: 'poster_not_installed', pageCount: 0 })
    expect((await pieceOf(id)).seconds).toBe(12)
  })

  it('has the picture taken of it on its card unless it has a card of its own', async () => {
    const picture = await buildPicture()
    const drawing = { ...deps.renditions!, draw: posterInstead(picture) }
    const plain = sha256(await drawCard('video'))
    const { fileHash, id } = await given(film(), { kind: 'video', cardHash: plain })
    const own = await buildPiece(server, { state: 'draft', kind: 'video', fileHash, cardHash: 'd'.repeat(64) })
    await drawRenditions({ ...deps, renditions: drawing })
    const { cardHash } = await pieceOf(id)
    expect(cardHash).not.toBe(plain)
    expect(kept.has(`cards/${cardHash}.jpg`)).toBe(true)
    expect((await pieceOf(own)).cardHash).toBe('d'.repeat(64))
    expect(await pagesOf(id)).toEqual([])
  })
})

/** Draws as usual up to a page. */
function failingAt(page: number, fault: () => Error): Renditions {
  return {
    ...deps.renditions!,
    draw: (drawing) =>
      deps.renditions!.draw({
        ...drawing,
        onPage: (drawn, of) => (drawn.number === page ? Promise.reject(fault()) : drawing.onPage(drawn, of)),
      }),
  }
}

async function buildPicture(): Promise<string> {
  const { default: sharp } = await import('sharp')
  const path = join(tmp, 'poster.png')
  await sharp({ create: { width: 320, height: 180, channels: 3, background: '#225588' } })
    .png()
    .toFile(path)
  return path
}

/** As if ffmpeg had taken that picture. */
function posterInstead(path: string): Renditions['draw'] {
  return (drawing) => deps.renditions!.draw({ ...drawing, path })
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}
