import { fields } from './charts.ts'
import type { Box } from './figures.ts'
import { ink, type Sheet } from './paper.ts'
import { drawTissue } from './tissue.ts'
import { measure, setText, type Style } from './typeset.ts'

const strong: Style = { size: 12, leading: 17, colour: ink.text, font: 'bold' }
const plain: Style = { size: 10.5, leading: 15, colour: ink.soft }

/** Study design: `start | title | text`, any number of `arm | title | text`, `end | title | text`. */
export function drawFlow(sheet: Sheet, lines: string[], box: Box): void {
  const rows = lines.map(fields)
  const arms = rows.filter(([key]) => key === 'arm')
  const middle = box.y + box.height / 2
  const width = (box.width - 80) / 3
  const start = { x: box.x, y: middle - 62, width, height: 124 }
  const end = { x: box.x + 2 * (width + 40), y: middle - 62, width, height: 124 }
  card(sheet, start, rows.find(([key]) => key === 'start') ?? [], true)
  card(sheet, end, rows.find(([key]) => key === 'end') ?? [], false)
  const height = Math.min(96, (box.height - 12) / arms.length - 8)
  arms.forEach((arm, nth) => {
    const y = middle + (nth - arms.length / 2) * (height + 10) + 5
    card(sheet, { x: box.x + width + 40, y, width, height }, arm, nth === 0)
    arrow(sheet, start.x + width, middle, box.x + width + 40, y + height / 2)
    arrow(sheet, box.x + 2 * width + 40, y + height / 2, end.x, middle)
  })
}

function card(sheet: Sheet, box: Box, [, title = '', text = '']: string[], filled: boolean): void {
  sheet.doc
    .roundedRect(box.x, box.y, box.width, box.height, 5)
    .lineWidth(1)
    .fillAndStroke(filled ? sheet.tint : '#f6f8fa', filled ? sheet.accent : ink.line)
  const inner = box.width - 16
  const height = measure(sheet.doc, title, inner, strong) + measure(sheet.doc, text, inner, plain)
  const y = box.y + (box.height - height) / 2
  const below = setText(sheet.doc, title, box.x + 8, y, inner, { ...strong, align: 'center' })
  setText(sheet.doc, text, box.x + 8, below, inner, { ...plain, align: 'center' })
}

function arrow(sheet: Sheet, fromX: number, fromY: number, toX: number, toY: number): void {
  const { doc } = sheet
  const bend = (fromX + toX) / 2
  doc
    .moveTo(fromX + 2, fromY)
    .lineTo(bend, fromY)
    .lineTo(bend, toY)
    .lineTo(toX - 6, toY)
    .lineWidth(1.2)
    .stroke(ink.soft)
  doc
    .moveTo(toX - 8, toY - 4)
    .lineTo(toX - 1, toY)
    .lineTo(toX - 8, toY + 4)
    .fill(ink.soft)
}

/** Numbered steps under each other: `title | text`. */
export function drawSteps(sheet: Sheet, lines: string[], box: Box): void {
  const { doc } = sheet
  lines.map(fields).forEach(([title = '', text = ''], nth) => {
    const y = box.y + nth * 62
    if (nth < lines.length - 1)
      doc
        .moveTo(box.x + 18, y + 30)
        .lineTo(box.x + 18, y + 64)
        .lineWidth(2)
        .stroke(sheet.tint)
    doc.circle(box.x + 18, y + 22, 15).fill(sheet.accent)
    setText(doc, String(nth + 1), box.x + 3, y + 13, 30, {
      ...strong,
      size: 13,
      leading: 18,
      colour: ink.paper,
      align: 'center',
    })
    doc.roundedRect(box.x + 46, y, box.width - 46, 52, 4).fill(sheet.tint)
    setText(doc, title, box.x + 58, y + 6, box.width - 70, strong)
    setText(doc, text, box.x + 58, y + 24, box.width - 70, { ...plain, size: 11, leading: 15, colour: ink.text })
  })
}

/** Points on a line: `when | what`. */
export function drawTimeline(sheet: Sheet, lines: string[], box: Box): void {
  const { doc } = sheet
  const y = box.y + 46
  const step = box.width / lines.length
  doc
    .moveTo(box.x, y)
    .lineTo(box.x + box.width, y)
    .lineWidth(3)
    .stroke(sheet.tint)
  lines.map(fields).forEach(([when = '', what = ''], nth) => {
    const x = box.x + step * (nth + 0.5)
    doc.circle(x, y, 7).fill(sheet.accent)
    doc.circle(x, y, 3).fill(ink.paper)
    setText(doc, when, x - step / 2, y - 32, step, { ...strong, colour: sheet.accent, align: 'center' })
    setText(doc, what, x - step / 2 + 4, y + 14, step - 8, { ...plain, colour: ink.text, align: 'center' })
  })
}

/** Boxes in three columns: `big | small`. */
export function drawGrid(sheet: Sheet, lines: string[], box: Box): void {
  const width = (box.width - 20) / 3
  lines.map(fields).forEach(([big = '', text = ''], nth) => {
    const x = box.x + (nth % 3) * (width + 10)
    const y = box.y + Math.floor(nth / 3) * 92
    sheet.doc.roundedRect(x, y, width, 82, 5).fill(sheet.tint)
    setText(sheet.doc, big, x + 8, y + 12, width - 16, {
      size: 20,
      leading: 28,
      colour: sheet.accent,
      font: 'bold',
      align: 'center',
    })
    setText(sheet.doc, text, x + 8, y + 44, width - 16, { ...plain, colour: ink.text, align: 'center' })
  })
}

/** A large plate of invented tissue: `seed | 7`. Stored without compression, so that the file is too large for WeCom. */
export function drawPlate(sheet: Sheet, lines: string[], box: Box): void {
  const seed = Number(fields(lines[0] ?? '')[1] ?? '1')
  sheet.doc.image(drawTissue(seed), box.x, box.y, { width: box.width, height: box.height })
  sheet.doc.rect(box.x, box.y, box.width, box.height).lineWidth(0.8).stroke(ink.line)
}
