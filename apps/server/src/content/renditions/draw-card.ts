import sharp from 'sharp'
import type { ContentItemTable } from '../../db/tables/content.ts'

type Kind = ContentItemTable['kind']

/** Shapes on a 24 by 24 grid, drawn with lines: no words, so no font; no product and no patient, as it is seen by all. */
const shapes: Record<Kind, string> = {
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 15h6M9 18h4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 8.5h.01',
  video: 'M3 6h18v12H3zM10 9v6l5-3z',
  article: 'M4 5h16v14H4zM7 9h10M7 12h10M7 15h6',
  phrase: 'M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5',
  script: 'M4 4h11v7H4zM9 14h11v7H9zM6.5 11v6.5H9',
}

const side = 300

/** The neutral picture of a link card: 300 px square JPEG, the same bytes each time. WeCom shows no WebP everywhere. */
export async function drawCard(kind: Kind): Promise<Buffer> {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="-12 -12 48 48">
    <rect x="-12" y="-12" width="48" height="48" fill="#1a66d6"/>
    <path d="${shapes[kind]}" fill="none" stroke="#ffffff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`
  return sharp(Buffer.from(picture)).flatten({ background: '#1a66d6' }).jpeg({ quality: 85 }).toBuffer()
}

/** An approved card picture in the form in which every card travels. Throws when it is no picture of sane size. */
export async function cardFrom(picture: Buffer): Promise<Buffer> {
  return sharp(picture, { limitInputPixels: 4_000_000 })
    .resize(side, side, { fit: 'cover' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 85 })
    .toBuffer()
}
