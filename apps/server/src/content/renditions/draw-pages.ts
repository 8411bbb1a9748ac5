import { readFile } from 'node:fs/promises'
import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { encodePicture, encodePlaceholder, type Raster } from './encode-picture.ts'
import { readOutline } from './read-outline.ts'
import { pageWidths, renditionCaps, RenditionError, type PageWidth, type RenderedPage } from './rendition.ts'

/** A page with its images, smallest first. `of` is how many pages there will be. */
export type DrawnPage = RenderedPage & { of: number; images: { width: PageWidth; bytes: Buffer }[] }

/**
 * Draws an inspected file page after page, beginning with page `first`. Runs in a process of its own: the file may be
 * hostile, and the drawing cannot be interrupted. Throws RenditionError for files that cannot be drawn.
 */
export async function* drawPages(from: 'pdf' | 'picture', path: string, first: number): AsyncGenerator<DrawnPage> {
  if (from === 'picture') yield await drawPicture(path)
  else yield* drawPdf(await readFile(path), first)
}

/** Opens a PDF without drawing it: what cannot be opened is known before it is stored. Throws RenditionError. */
export async function openPdf(bytes: Uint8Array): Promise<PDFiumDocument> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes).catch((fault: Error) => {
    throw new RenditionError(/password|security/i.test(fault.message) ? 'encrypted' : 'broken', fault)
  })
  const pages = document.getPageCount()
  if (pages === 0) throw new RenditionError('broken')
  if (pages > renditionCaps.pages) throw new RenditionError('too_many_pages')
  return document
}

async function* drawPdf(bytes: Uint8Array, first: number): AsyncGenerator<DrawnPage> {
  const document = await openPdf(bytes)
  const of = document.getPageCount()
  const headings = readOutline(document)
  for (let number = first; number <= of; number += 1) {
    let text: string | undefined
    const page = await drawn((width) => {
      const opened = document.getPage(number - 1) // the library closes a page once it is drawn
      text ??= cleanText(opened.getText())
      return rasterOf(opened, width)
    })
    yield { number, of, text: text ?? '', headings: headings.get(number) ?? '', ...page }
  }
}

/** Every width is drawn on its own: scaled-down print is blurred and costs twice the bytes. */
async function rasterOf(page: PDFiumPage, width: PageWidth): Promise<Raster> {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth > 0 && originalHeight > 0)) throw new RenditionError('broken')
  const longest = Math.max(originalWidth, originalHeight)
  const height = Math.max(1, Math.round((width * originalHeight) / originalWidth))
  if (longest > renditionCaps.pagePoints || width * height > renditionCaps.drawnPixels) {
    throw new RenditionError('page_too_large')
  }
  const { data } = await page.render({ scale: 1, width, height, render: 'bitmap' })
  return { data, width, height, channels: 4 }
}

/** A picture is one page without text; it is never enlarged. */
async function drawPicture(path: string): Promise<DrawnPage> {
  const page = await drawn(async (width) => {
    const { data, info } = await sharp(path, { limitInputPixels: renditionCaps.readPixels })
      .autoOrient()
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .resize({ width, withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch((fault: Error) => {
        throw new RenditionError(/pixel limit/i.test(fault.message) ? 'page_too_large' : 'broken', fault)
      })
    if (info.channels !== 3) throw new RenditionError('broken')
    return { data, width: info.width, height: info.height, channels: 3 }
  })
  return { number: 1, of: 1, text: '', ...page }
}

async function drawn(rasterAt: (width: PageWidth) => Promise<Raster>) {
  const images: DrawnPage['images'] = []
  let largest: Raster | undefined
  for (const width of pageWidths) {
    largest = await rasterAt(width)
    images.push({ width, bytes: await encodePicture(largest, width) })
  }
  if (!largest) throw new RenditionError('broken')
  return { width: largest.width, height: largest.height, placeholder: await encodePlaceholder(largest), images }
}

/** Lines and words only: no control characters, no marks PDFium puts in for hyphens. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{Cc}\n]|[\p{Cs}\uFFFE\uFFFF]/gu, '')
    .replaceAll(/ +\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, renditionCaps.textLength)
}
