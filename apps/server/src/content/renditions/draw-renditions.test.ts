import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildPiece } from '../../../test/builders.ts'
import { startTestDrawing, type TestDrawing } from '../../../test/drawing.ts'
import { buildPdf } from '../../../test/pdf.ts'
import { sha256 } from '../../secrets.ts'
import { drawRenditions } from './draw-renditions.ts'
import type { Drawing } from './renditions.ts'

let at: TestDrawing
beforeAll(async () => {
  at = await startTestDrawing()
})
beforeEach(() => at.forget())
afterAll(() => at.stop())

describe('the pages of a file', () => {
  it('are drawn by a job, stored and given to its draft with their words', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ pages: 2 }))
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({
      state: 'done',
      pagesDone: 2,
      pageCount: 2,
      problem: null,
      owner: null,
    })
    const pages = await at.pagesOf(id)
    expect(pages.map(({ number, width, height }) => [number, width, height])).toEqual([
      [1, 1080, 1527],
      [2, 1080, 1527],
    ])
    expect(pages[1]?.text).toContain('第 2 页')
    expect(pages[0]?.placeholder).toMatch(/^data:image\/webp/)
    const textHash = sha256(pages.map(({ text }) => sha256(text)).join())
    expect(await at.pieceOf(id)).toMatchObject({ pageCount: 2, textHash })
    expect(at.storedBelow('pages/')).toEqual(
      [1, 2].flatMap((page) => ['1080', '480', '720'].map((width) => `pages/${fileHash}/${page}-${width}.webp`)),
    )
    expect(at.storedBelow('uploads/')).toEqual([])
    expect(await at.eventsOf(id)).toEqual([{ event: 'content.drawn', reason: null }])
    expect(readdirSync(at.between)).toEqual([])
  })

  it('are drawn once: a second draft of the same file has them at once, corrected words of the first stay', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ pages: 1 }))
    await drawRenditions(at.deps)
    await at.server.db.updateTable('contentPage').set({ text: '改正' }).where('contentItemId', '=', id).execute()
    const second = await buildPiece(at.server, { state: 'draft', fileHash, pageCount: 0 })
    await at.ask(fileHash)
    const once = { ...at.renditions, draw: () => Promise.reject(new Error('drawn again')) }
    await drawRenditions({ ...at.deps, renditions: once })
    expect((await at.pagesOf(second)).map(({ number }) => number)).toEqual([1])
    expect((await at.pagesOf(id)).map(({ text }) => text)).toEqual(['改正'])
  })

  it('are drawn before any draft is made of the file; the entry is then about the file', async () => {
    const { fileHash } = await at.given(await buildPdf({ pages: 1 }), null)
    await drawRenditions(at.deps)
    expect(await at.eventsOf(fileHash)).toEqual([{ event: 'content.drawn', reason: null }])
  })

  it('never reach a piece that is in review or approved: what was signed does not change', async () => {
    const { id } = await at.given(await buildPdf({ pages: 1 }), { state: 'in_review' })
    const before = await at.pieceOf(id)
    await drawRenditions(at.deps)
    expect(await at.pieceOf(id)).toEqual(before)
    expect(await at.pagesOf(id)).toEqual([])
  })

  it('of an article are none', async () => {
    const { fileHash, id } = await at.given(Buffer.from('# 标题\n\n正文'), { kind: 'article' })
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'done', pageCount: 0, problem: null })
    expect(await at.pagesOf(id)).toEqual([])
  })
})

describe('a long file', () => {
  it('is drawn over several runs, each going on where the last one was', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ pages: 4 }))
    const begun: number[] = []
    const renditions = {
      ...at.renditions,
      draw: (drawing: Drawing) => (begun.push(drawing.first), at.renditions.draw(drawing)),
    }
    await drawRenditions({ ...at.deps, renditions }, { longestMs: 0, sliceMs: -1 })
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'waiting', pagesDone: 1, pageCount: 4 })
    expect([await at.pagesOf(id), at.storedBelow('pages/')]).toEqual([[], []])
    await drawRenditions({ ...at.deps, renditions })
    expect(begun).toEqual([1, 2])
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'done', pagesDone: 4 })
    expect((await at.pagesOf(id)).map(({ number }) => number)).toEqual([1, 2, 3, 4])
  })

  it('whose drawer is not heard of any more is taken up by another, and the first one, should it wake, changes nothing', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ pages: 3 }))
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const sleepy = at.drawing(async ({ number }) => (number === 2 ? asleep : undefined))
    const first = drawRenditions({ ...at.deps, renditions: sleepy })
    await vi.waitFor(async () => expect((await at.renditionOf(fileHash)).pagesDone).toBe(1), 10_000)
    await drawRenditions(at.deps)
    expect((await at.renditionOf(fileHash)).state).toBe('drawing')

    at.later(60_000)
    await drawRenditions(at.deps)
    expect((await at.renditionOf(fileHash)).state).toBe('done')
    expect(await at.pagesOf(id)).toHaveLength(3)
    wake()
    await first
    expect((await at.renditionOf(fileHash)).state).toBe('done')
    expect(await at.eventsOf(id)).toHaveLength(1)
  })

  it('is drawn from the beginning when what waited of it is gone', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ pages: 2 }))
    await drawRenditions(at.deps, { longestMs: 0, sliceMs: -1 })
    await at.deps.files.remove(`uploads/pages/${fileHash}`)
    await drawRenditions(at.deps)
    expect((await at.renditionOf(fileHash)).state).toBe('done')
    expect(await at.pagesOf(id)).toHaveLength(2)
    expect(at.storedBelow('pages/')).toHaveLength(6)
  })
})
