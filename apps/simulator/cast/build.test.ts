import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCast } from './build.ts'
import type { BuiltPiece, BuiltWorld } from './world-types.ts'

const megabyte = 1024 * 1024
const outDir = mkdtempSync(join(tmpdir(), 'cast-'))
let built: BuiltWorld

beforeAll(async () => {
  built = (await buildCast({ outDir })).world
}, 60_000)

afterAll(() => rmSync(outDir, { recursive: true, force: true }))

describe('the files of the cast', () => {
  it('every PDF has the pages it declares, each with text that can be found and read aloud', async () => {
    const library = await PDFiumLibrary.init()
    const documents = built.content.filter((piece) => piece.kind === 'document')
    let pages = 0
    for (const piece of documents) {
      const document = await library.loadDocument(bytesOf(piece))
      const texts = [...document.pages()].map((page) => page.getText())
      document.destroy()
      pages += texts.length
      expect(`${piece.documentId} ${texts.length}`).toBe(`${piece.documentId} ${piece.pages}`)
      expect(texts.every((text) => text.length > 100)).toBe(true)
      expect(texts.join('')).toContain(piece.language === 'en-US' ? 'invented' : '虚')
      if (piece.approvalNumber) expect(texts.every((text) => text.includes(piece.approvalNumber ?? ''))).toBe(true)
    }
    library.destroy()
    expect(pages).toBeGreaterThanOrEqual(60)
  }, 60_000)

  it('version 3 of the study says what version 2 did not', async () => {
    const [second, third] = await Promise.all([textOf('DOC-0417', 2), textOf('DOC-0417', 3)])
    expect(third).toContain('亚组分析')
    expect(second).not.toContain('亚组分析')
    expect(second).toContain('无进展生存期')
  })

  it('the atlas is too large for WeCom, everything else fits', () => {
    for (const piece of built.content) {
      const limit = piece.kind === 'document' ? 20 * megabyte : 10 * megabyte
      expect((piece.file?.bytes ?? 0) > limit).toBe(piece.documentId === 'DOC-0366')
    }
  })

  it('the film is a small MP4 that starts before it is wholly loaded', () => {
    const film = built.content.find((piece) => piece.kind === 'video')
    const bytes = film ? bytesOf(film) : Buffer.alloc(0)
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp')
    expect(bytes.length).toBeLessThan(400 * 1024)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('articles use no more than plain markup and have the sections they declare', () => {
    for (const piece of built.content.filter((one) => one.kind === 'article')) {
      const html = bytesOf(piece).toString('utf8')
      const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/g)].map(([, tag = '', rest = '']) => tag + rest))
      const plain = [
        'section',
        'h2',
        'p',
        'ul',
        'ol',
        'li',
        'strong',
        'em',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
      ]
      expect([...tags].filter((tag) => !plain.includes(tag))).toEqual([])
      expect(html.split('<section>').length - 1).toBe(piece.pages)
    }
  })

  it('a second build makes nothing, and makes again what was lost', async () => {
    expect((await buildCast({ outDir })).fresh).toBe(false)
    const lost = built.content.find((piece) => piece.kind === 'image')?.file?.name ?? ''
    writeFileSync(join(outDir, 'files', lost), '')
    const again = await buildCast({ outDir })
    expect([again.fresh, again.world.fingerprint]).toEqual([true, built.fingerprint])
  }, 60_000)
})

function bytesOf(piece: BuiltPiece): Buffer {
  return readFileSync(join(outDir, 'files', piece.file?.name ?? ''))
}

async function textOf(documentId: string, version: number): Promise<string> {
  const piece = built.content.find((one) => one.documentId === documentId && one.version === version)
  if (!piece) throw new Error(`No ${documentId} v${version}`)
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytesOf(piece))
  const text = [...document.pages()].map((page) => page.getText()).join('\n')
  library.destroy()
  return text
}
