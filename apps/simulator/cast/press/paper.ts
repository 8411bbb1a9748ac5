import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'
import { openSync, type Font } from 'fontkit'
import PDFDocument from 'pdfkit'

export type Doc = InstanceType<typeof PDFDocument>
export type FontName = 'regular' | 'bold'

/** A sheet being printed: the PDF, where the next block goes, and what it looks like. */
export type Sheet = {
  doc: Doc
  y: number
  accent: string
  /** Pale form of the accent, for backgrounds. */
  tint: string
  english: boolean
  /** Headings met so far, for the table of contents. */
  headings: { text: string; page: number }[]
  figures: { figure: number; table: number }
  newPage: () => void
}

export const page = { width: 595.28, height: 841.89, left: 60, right: 60, top: 88, bottom: 84 }
export const columnWidth = page.width - page.left - page.right
export const floor = page.height - page.bottom
export const ink = {
  text: '#1d232b',
  soft: '#5a6470',
  line: '#d4d9df',
  paper: '#ffffff',
  warn: '#8a5200',
  warnTint: '#fff4e0',
}

const fontFolder = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts')
/** Opened once: reading thirty thousand glyphs again for every document would take most of the build. */
const fonts: Record<FontName, Font> = {
  regular: openFont('NotoSansHans-Regular.otf'),
  bold: openFont('NotoSansHans-Bold.otf'),
}

function openFont(file: string): Font {
  const font = openSync(join(fontFolder, file))
  if (!('layout' in font)) throw new Error(`${file} is a collection, one font is needed`)
  return font
}

/** A PDF document with the two fonts known; its dates are fixed so that the same input gives the same bytes. */
export function openDocument(size: [number, number], title: string): Doc {
  const made = new Date('2026-01-01T00:00:00Z')
  const doc = new PDFDocument({
    size,
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    info: { Title: title, Author: '示例药业（虚构）', CreationDate: made, ModDate: made },
  })
  // pdfkit takes an opened font, its types only know bytes and names
  for (const name of ['regular', 'bold'] as const) doc.registerFont(name, fonts[name] as unknown as Uint8Array)
  return doc
}

export function closeDocument(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
    doc.end()
  })
}

/** Colours of a product's documents; pieces about no product are grey-green. */
export function coloursOf(product: string): { accent: string; tint: string } {
  const colours: Record<string, { accent: string; tint: string }> = {
    EXMAB: { accent: '#1c4f91', tint: '#eaf1fa' },
    EXTIN: { accent: '#0e6a66', tint: '#e5f3f1' },
    EXAIR: { accent: '#35618f', tint: '#eaf2f8' },
    EXBAR: { accent: '#8f3044', tint: '#faecee' },
  }
  return colours[product] ?? { accent: '#41604e', tint: '#edf3ee' }
}
