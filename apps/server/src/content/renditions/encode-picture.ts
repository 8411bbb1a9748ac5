import sharp, { type Sharp } from 'sharp'
import type { PageWidth } from './rendition.ts'

/** Bytes a page may cost a phone; text pages keep within them. */
const budgets: Record<PageWidth, number> = { 480: 45_000, 720: 90_000, 1080: 180_000 }
const qualities = [75, 60, 45, 30]
const placeholderLimit = 1_500

export type Raster = { data: Uint8Array; width: number; height: number; channels: 3 | 4 }

/** Print is sharper and smaller without loss, photographs are not: what a raster is shows in its near-lossless size. */
export async function encodePicture(raster: Raster, width: PageWidth): Promise<Buffer> {
  const budget = budgets[width]
  const sharpest = await opened(raster).webp({ nearLossless: true, quality: 40, effort: 2 }).toBuffer()
  if (sharpest.length <= budget) return sharpest
  let smallest = sharpest
  for (const quality of qualities) {
    const lossy = await opened(raster).webp({ quality, effort: 3 }).toBuffer()
    if (lossy.length < smallest.length) smallest = lossy
    if (smallest.length <= budget) break
  }
  return smallest
}

/** A few blurred pixels as data URI, shown until the page is there. */
export async function encodePlaceholder(raster: Raster): Promise<string> {
  for (const width of [24, 12, 4]) {
    const height = Math.min(width * 2, Math.max(1, Math.round((raster.height * width) / raster.width)))
    const bytes = await opened(raster).resize(width, height, { fit: 'fill' }).blur(0.8).webp({ quality: 30 }).toBuffer()
    const address = `data:image/webp;base64,${bytes.toString('base64')}`
    if (address.length < placeholderLimit) return address
  }
  return ''
}

function opened({ data, width, height, channels }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels } }).flatten({ background: '#ffffff' })
}
