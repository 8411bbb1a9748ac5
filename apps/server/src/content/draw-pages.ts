import { PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { encodePicture, encodePlaceholder, type Raster } from './encode-picture.ts'
import {
  pageWidths,
  renditionCaps,
  RenditionError,
  type DrawnFrom,
  type PageWidth,
  type RenderedPage,
} from './rendition.ts'

/** A page with its images, smallest first. `of` is how many pages there will be. */
export type DrawnPage = RenderedPage & { of: number; images: { width: PageWidth; bytes: Buffer }[] }

/**
 * Draws page after page. Runs in a process of its own: the file may be hostile, and the drawing cannot be interrupted.
 * Throws RenditionError for files that cannot be drawn.
 */
export async function* drawPages(from: DrawnFrom, bytes: Uint8Array): AsyncGenerator<DrawnPage> {
  if (from === 'image') yield await drawImage(bytes)
  else yield* drawPdf(bytes)
}

async function* drawPdf(bytes: Uint8Array): AsyncGenerator<DrawnPage> {
  // PDFium repairs a file that was cut off and shows what is left of it: never what was approved.
  if (!Buffer.from(bytes).subarray(-4_096).includes('%%EOF')) throw new RenditionError('broken')
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes).catch((fault: Error) => {
    throw new RenditionError(/password|security/i.test(fault.message) ? 'encrypted' : 'broken', fault)
  })
  const of = document.getPageCount()
  if (of === 0) throw new RenditionError('broken')
  if (of > renditionCaps.pages) throw new RenditionError('too_many_pages')
  for (let number = 1; number <= of; number += 1) {
    let text: string | undefined
    const page = await drawn((width) => {
      const opened = document.getPage(number - 1) // the library closes a page once it is drawn
      text ??= cleanText(opened.getText())
      return rasterOf(opened, width)
    })
    yield { number, of, text: text ?? '', ...page }
  }
}

/** Every width is drawn on its own: scaled-down print is blurred and costs twice the bytes. */
async function rasterOf(page: PDFiumPage, width: PageWidth): Promise<Raster> {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth > 0 && originalHeight > 0)) throw new RenditionError('broken')
  const height = Math.max(1, Math.round((width * originalHeight) / originalWidth))
  if (width * height > renditionCaps.drawnPixels) throw new RenditionError('page_too_large')
  const { data } = await page.render({ scale: 1, width, height, render: 'bitmap' })
  return { data, width, height, channels: 4 }
}

/** A picture is one page without text; it is never enlarged. */
async function drawImage(bytes: Uint8Array): Promise<DrawnPage> {
  const page = await drawn(async (width) => {
    const { data, info } = await sharp(bytes, { limitInputPixels: renditionCaps.readPixels })
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
