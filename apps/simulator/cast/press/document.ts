import type { Piece } from '../world-types.ts'
import { setBlock } from './blocks.ts'
import { closeDocument, coloursOf, columnWidth, ink, openDocument, page, type Doc, type Sheet } from './paper.ts'
import { parseSource } from './source.ts'
import { measure, setText, type Style } from './typeset.ts'

const small: Style = { size: 9, leading: 13, colour: ink.soft }

const words = {
  zh: {
    company: '示例药业',
    readers: '仅供医疗卫生专业人士',
    invented: '演示资料：药品、研究、数据、人物均为虚构，不得用于诊疗',
    number: '批准号',
    pending: '未批准稿',
    contents: '目录',
    paid: '由示例药业医学事务部编制并资助',
    page: (n: number, of: number) => `第 ${n} 页，共 ${of} 页`,
    class: { promotional: '产品信息', scientific: '科学资料', non_promotional: '非推广资料', consent: '' },
  },
  en: {
    company: 'Example Pharma',
    readers: 'For healthcare professionals only',
    invented: 'Demonstration: all medicines, studies, data and people are invented. Not for clinical use',
    number: 'Approval',
    pending: 'Not approved',
    contents: 'Contents',
    paid: 'Prepared and paid for by Example Pharma Medical Affairs',
    page: (n: number, of: number) => `Page ${n} of ${of}`,
    class: {
      promotional: 'Product information',
      scientific: 'Scientific',
      non_promotional: 'Non-promotional',
      consent: '',
    },
  },
}

/** Prints a piece's source text as a PDF: title, blocks, then head and foot on every page. */
export async function printDocument(piece: Piece, text: string): Promise<{ bytes: Buffer; pages: number }> {
  const blocks = parseSource(text, piece.version)
  const doc = openDocument([page.width, page.height], `${piece.title} v${piece.version}`)
  const sheet = openSheet(doc, piece)
  sheet.newPage()
  setTitle(sheet, piece)
  for (const block of blocks) setBlock(sheet, block)
  const pages = doc.bufferedPageRange().count
  if (blocks.some((block) => block.kind === 'contents')) setContents(sheet)
  for (let nth = 0; nth < pages; nth += 1) setFrame(sheet, piece, nth, pages)
  return { bytes: await closeDocument(doc), pages }
}

function openSheet(doc: Doc, piece: Piece): Sheet {
  const sheet: Sheet = {
    doc,
    y: page.top,
    ...coloursOf(piece.product),
    english: piece.language === 'en-US',
    headings: [],
    figures: { figure: 0, table: 0 },
    newPage: () => {
      doc.addPage()
      sheet.y = page.top
    },
  }
  return sheet
}

function setTitle(sheet: Sheet, piece: Piece): void {
  const { doc } = sheet
  const say = sheet.english ? words.en : words.zh
  const title: Style = { size: 27, leading: 39, colour: ink.paper, font: 'bold' }
  const height = measure(doc, piece.title, columnWidth, title)
  const band = 118 + height
  doc.rect(0, 0, page.width, band).fill(sheet.accent)
  doc
    .circle(page.width - 36, band - 16, 96)
    .fillOpacity(0.07)
    .fill(ink.paper)
  doc
    .circle(page.width - 120, 22, 62)
    .fill(ink.paper)
    .fillOpacity(1)
  const top: Style = { size: 11.5, leading: 16, colour: ink.paper, font: 'bold' }
  setText(doc, `${say.company} · ${say.class[piece.class]}`, page.left, 44, columnWidth, top)
  setText(doc, piece.title, page.left, 78, columnWidth, title)
  const line = [`v${piece.version}`, approval(piece, say), say.paid].join('  ·  ')
  setText(doc, line, page.left, 78 + height + 8, columnWidth, { ...top, size: 10.5, font: 'regular' })
  sheet.y = band + 26
}

function approval(piece: Piece, say: (typeof words)['zh']): string {
  return piece.approvalNumber ? `${say.number} ${piece.approvalNumber}` : say.pending
}

/** The table of contents goes to the foot of page 1, in two columns, where the `[contents]` block asked for it. */
function setContents(sheet: Sheet): void {
  const { doc } = sheet
  const rows = Math.ceil(sheet.headings.length / 2)
  const height = 56 + rows * 27
  const top = page.height - page.bottom - height - 8
  const width = columnWidth / 2 - 30
  doc.switchToPage(0)
  doc.roundedRect(page.left, top, columnWidth, height, 6).fill(sheet.tint)
  const say = sheet.english ? words.en : words.zh
  setText(doc, say.contents, page.left + 20, top + 13, 200, {
    size: 13.5,
    leading: 20,
    colour: sheet.accent,
    font: 'bold',
  })
  sheet.headings.forEach((heading, nth) => {
    const x = page.left + 20 + (nth < rows ? 0 : width + 20)
    const y = top + 43 + (nth % rows) * 27
    const style: Style = { size: 12, leading: 18, colour: ink.text }
    setText(doc, heading.text, x, y, width - 24, style)
    setText(doc, String(heading.page), x, y, width, { ...style, align: 'right', font: 'bold' })
    doc
      .moveTo(x, y + 21)
      .lineTo(x + width, y + 21)
      .lineWidth(0.5)
      .stroke(ink.line)
  })
}

function setFrame(sheet: Sheet, piece: Piece, nth: number, pages: number): void {
  const { doc } = sheet
  const say = sheet.english ? words.en : words.zh
  doc.switchToPage(nth)
  if (nth > 0) {
    setText(doc, piece.title, page.left, 44, columnWidth - 110, { ...small, size: 9.5 })
    setText(doc, say.company, page.width - page.right - 110, 44, 110, {
      ...small,
      size: 9.5,
      align: 'right',
      font: 'bold',
      colour: sheet.accent,
    })
    doc
      .moveTo(page.left, 62)
      .lineTo(page.width - page.right, 62)
      .lineWidth(0.6)
      .stroke(sheet.accent)
  }
  const y = page.height - 58
  doc
    .moveTo(page.left, y - 7)
    .lineTo(page.width - page.right, y - 7)
    .lineWidth(0.5)
    .stroke(ink.line)
  setText(
    doc,
    `${approval(piece, say)}  ·  v${piece.version}  ·  ${say.readers}`,
    page.left,
    y,
    columnWidth - 100,
    small,
  )
  setText(doc, say.page(nth + 1, pages), page.width - page.right - 120, y, 120, { ...small, align: 'right' })
  setText(doc, say.invented, page.left, y + 14, columnWidth, { ...small, size: 8.5, colour: '#9a5b00' })
}
