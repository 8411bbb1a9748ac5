import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPiece } from '../../../test/builders.ts'
import { startTestDrawing, type TestDrawing } from '../../../test/drawing.ts'
import { film } from '../../../test/hostile/video-files.ts'
import { buildPdf } from '../../../test/pdf.ts'
import { sha256 } from '../../secrets.ts'
import { drawCard } from './draw-card.ts'
import { drawRenditions } from './draw-renditions.ts'
import { RenditionError } from './rendition.ts'
import type { Drawing } from './renditions.ts'

let at: TestDrawing
beforeAll(async () => {
  at = await startTestDrawing()
})
beforeEach(() => at.forget())
afterAll(() => at.stop())

describe('a file that cannot be drawn', () => {
  it('says why and leaves no page', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ password: 'secret' }))
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({
      state: 'failed',
      problem: 'encrypted',
      pagesDone: 0,
      owner: null,
    })
    expect(await at.eventsOf(id)).toEqual([{ event: 'content.draw_failed', reason: 'encrypted' }])
    expect([...at.kept.keys()]).toEqual([`content/${fileHash}`])
  })

  it('leaves none either when only its last page is at fault', async () => {
    const { fileHash, id } = await at.given(await buildPdf({ pages: 3 }))
    await drawRenditions({ ...at.deps, renditions: failingAt(3, () => new RenditionError('too_slow')) })
    expect(await at.renditionOf(fileHash)).toMatchObject({
      state: 'failed',
      problem: 'too_slow',
      pagesDone: 0,
      pageCount: 0,
    })
    expect(await at.pagesOf(id)).toEqual([])
    expect(await at.server.db.selectFrom('renditionPage').selectAll().execute()).toEqual([])
    expect([...at.kept.keys()]).toEqual([`content/${fileHash}`])
  })

  it('is tried again when it is asked for again, as a program may have been installed', async () => {
    const { fileHash } = await at.given(await buildPdf({ pages: 1 }))
    await drawRenditions({ ...at.deps, renditions: failingAt(1, () => new RenditionError('office_not_installed')) })
    expect((await at.renditionOf(fileHash)).problem).toBe('office_not_installed')
    await at.ask(fileHash)
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'done', problem: null })
  })

  it('because whoever draws it dies each time is given up after the third', async () => {
    const { fileHash } = await at.given(await buildPdf({ pages: 1 }))
    await at.server.db.updateTable('rendition').set({ attempts: 3, state: 'drawing' }).execute()
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'failed', problem: 'broken' })
  })

  it('because the store holds other bytes is not shown', async () => {
    const { fileHash } = await at.given(await buildPdf({ pages: 1 }))
    at.kept.set(`content/${fileHash}`, await buildPdf({ pages: 2 }))
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'failed', problem: 'broken' })
  })

  it('because the store does not answer waits and is drawn when it does', async () => {
    const { fileHash } = await at.given(await buildPdf({ pages: 1 }))
    await expect(
      drawRenditions({ ...at.deps, renditions: failingAt(1, () => new Error('no store')) }),
    ).rejects.toThrow()
    expect(await at.renditionOf(fileHash)).toMatchObject({ state: 'waiting', attempts: 0, problem: null })
    at.later(60_000)
    await drawRenditions(at.deps)
    expect((await at.renditionOf(fileHash)).state).toBe('done')
  })
})

describe('a video', () => {
  it('without ffmpeg is taken without a picture of itself, and says so', async () => {
    const { fileHash, id } = await at.given(film(), { kind: 'video' })
    await drawRenditions(at.deps)
    expect(await at.renditionOf(fileHash)).toMatchObject({
      state: 'done',
      problem: 'poster_not_installed',
      pageCount: 0,
    })
    expect((await at.pieceOf(id)).seconds).toBe(12)
  })

  it('has the picture taken of it on its card unless it has a card of its own', async () => {
    const path = `${at.between}/poster.png`
    await sharp({ create: { width: 320, height: 180, channels: 3, background: '#225588' } }).toFile(path)
    // As if ffmpeg had taken that picture.
    const drawing = { ...at.renditions, draw: (asked: Drawing) => at.renditions.draw({ ...asked, path }) }
    const plain = sha256(await drawCard('video'))
    const { fileHash, id } = await at.given(film(), { kind: 'video', cardHash: plain })
    const own = await buildPiece(at.server, { state: 'draft', kind: 'video', fileHash, cardHash: 'd'.repeat(64) })
    await drawRenditions({ ...at.deps, renditions: drawing })
    const { cardHash } = await at.pieceOf(id)
    expect(cardHash).not.toBe(plain)
    expect(at.kept.has(`cards/${cardHash}.jpg`)).toBe(true)
    expect((await at.pieceOf(own)).cardHash).toBe('d'.repeat(64))
    expect(await at.pagesOf(id)).toEqual([])
  })
})

/** Draws as usual up to a page. */
const failingAt = (page: number, fault: () => Error) =>
  at.drawing(async ({ number }) => {
    if (number === page) throw fault()
  })
