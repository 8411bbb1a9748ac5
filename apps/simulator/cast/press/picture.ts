import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { closeDocument, ink, openDocument, type Doc } from './paper.ts'
import { setText } from './typeset.ts'

export type Frame = { data: Uint8Array; width: number; height: number }

/** Draws the pages of a PDF as raw RGBA pictures, one after the other. */
export async function* drawPages(pdf: Buffer, scale: number): AsyncGenerator<Frame> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  for (const page of document.pages()) {
    const { data, width, height } = await page.render({ scale, render: 'bitmap' })
    yield { data, width, height }
  }
  document.destroy()
  library.destroy()
}

/** Page 1 of a PDF as a PNG or JPEG file. */
export async function drawPicture(pdf: Buffer, format: 'png' | 'jpg', scale: number): Promise<Buffer> {
  for await (const { data, width, height } of drawPages(pdf, scale)) {
    const picture = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha()
    return format === 'png' ? picture.png({ palette: true }).toBuffer() : picture.jpeg({ quality: 86 }).toBuffer()
  }
  throw new Error('A PDF without pages cannot become a picture')
}

export type CardKind = 'document' | 'image' | 'video' | 'article' | 'consent'

/** The square picture of a link card. It is seen in the chat list over the doctor's shoulder, so it names no product. */
export async function drawCard(kind: CardKind): Promise<Buffer> {
  const doc = openDocument([200, 200], 'card')
  doc.addPage()
  doc.rect(0, 0, 200, 200).fill(kind === 'consent' ? '#0b6b4f' : '#1c4f91')
  doc.circle(176, 24, 62).fillOpacity(0.08).fill(ink.paper)
  doc.fillOpacity(1)
  signs[kind](doc)
  const style = { size: 20, leading: 28, colour: ink.paper, font: 'bold', align: 'center' } as const
  setText(doc, kind === 'consent' ? '请您决定' : '医学资料', 0, 128, 200, style)
  setText(doc, '示例药业', 0, 158, 200, { ...style, size: 13, leading: 20, font: 'regular' })
  return drawPicture(await closeDocument(doc), 'png', 2)
}

const signs: Record<CardKind, (doc: Doc) => void> = {
  document: (doc) => {
    doc.roundedRect(74, 36, 52, 68, 5).fill(ink.paper)
    for (const y of [54, 66, 78, 90]) doc.rect(84, y, y === 90 ? 20 : 32, 4).fill('#1c4f91')
  },
  image: (doc) => {
    doc.roundedRect(62, 42, 76, 60, 5).fill(ink.paper)
    doc.circle(82, 60, 7).fill('#1c4f91')
    doc.moveTo(70, 94).lineTo(92, 72).lineTo(104, 84).lineTo(116, 68).lineTo(132, 94).fill('#1c4f91')
  },
  video: (doc) => {
    doc.circle(100, 70, 36).fill(ink.paper)
    doc.moveTo(90, 52).lineTo(90, 88).lineTo(120, 70).fill('#1c4f91')
  },
  article: (doc) => {
    doc.roundedRect(64, 40, 72, 62, 5).fill(ink.paper)
    doc.rect(72, 49, 24, 22).fill('#1c4f91')
    for (const y of [50, 60]) doc.rect(102, y, 26, 4).fill('#1c4f91')
    for (const y of [78, 88]) doc.rect(72, y, 56, 4).fill('#1c4f91')
  },
  consent: (doc) => {
    doc.circle(100, 70, 36).lineWidth(6).stroke(ink.paper)
    doc.moveTo(84, 71).lineTo(96, 83).lineTo(118, 58).lineWidth(7).lineCap('round').lineJoin('round').stroke(ink.paper)
  },
}
