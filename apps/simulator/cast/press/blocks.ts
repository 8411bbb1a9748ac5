import { drawFigure, figureHeight } from './figures.ts'
import { columnWidth, floor, ink, page, type Sheet } from './paper.ts'
import type { Block, Column } from './source.ts'
import { linesOf, measure, setText, type Style } from './typeset.ts'

const body: Style = { size: 13, leading: 23, colour: ink.text }
const small: Style = { size: 9.5, leading: 15, colour: ink.soft }
const cell: Style = { size: 11.5, leading: 17.5, colour: ink.text }

/** Puts one block on the sheet and starts a new page where it does not fit. */
export function setBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'heading':
      return setHeading(sheet, block.level, block.text)
    case 'paragraph':
      return setFlow(sheet, block.text, page.left, columnWidth, body, 9)
    case 'lead':
      return setFlow(
        sheet,
        block.text,
        page.left,
        columnWidth,
        { ...body, size: 14, leading: 25, colour: sheet.accent },
        14,
      )
    case 'item':
      return setItem(sheet, block.mark, block.text)
    case 'note':
      return setNote(sheet, block.tone, block.text)
    case 'reference':
      return setReference(sheet, block.number, block.text)
    case 'caption':
      return setCaption(sheet, 'table', block.text, 4)
    case 'table':
      return setTable(sheet, block.columns, block.rows)
    case 'figure':
      return setFigure(sheet, block.type, block.title, block.lines)
    case 'page':
      return sheet.newPage()
    case 'contents':
      return
  }
}

function room(sheet: Sheet, height: number): void {
  if (sheet.y + height > floor) sheet.newPage()
}

function setHeading(sheet: Sheet, level: 2 | 3, text: string): void {
  const style: Style =
    level === 2
      ? { size: 19, leading: 30, colour: sheet.accent, font: 'bold' }
      : { size: 14.5, leading: 24, colour: ink.text, font: 'bold' }
  const height = measure(sheet.doc, text, columnWidth, style)
  room(sheet, height + 70)
  if (sheet.y > page.top + 5) sheet.y += level === 2 ? 16 : 8
  if (level === 2) {
    sheet.headings.push({ text, page: sheet.doc.bufferedPageRange().count })
    sheet.doc.rect(page.left, sheet.y + 6, 4, 18).fill(sheet.accent)
  }
  sheet.y =
    setText(sheet.doc, text, page.left + (level === 2 ? 13 : 0), sheet.y, columnWidth - 13, style) +
    (level === 2 ? 8 : 3)
}

/** Text that may continue on the next page, never with a single line left behind. */
function setFlow(sheet: Sheet, text: string, x: number, width: number, style: Style, after: number): void {
  const lines = linesOf(sheet.doc, text, width, { ...style, justify: !sheet.english })
  room(sheet, Math.min(lines.length, 2) * style.leading)
  lines.forEach((line, nth) => {
    const orphan = nth === lines.length - 2 && sheet.y + 2 * style.leading > floor
    if (sheet.y + style.leading > floor || orphan) sheet.newPage()
    line(x, sheet.y)
    sheet.y += style.leading
  })
  sheet.y += after
}

function setItem(sheet: Sheet, mark: string, text: string): void {
  room(sheet, body.leading)
  const y = sheet.y
  if (mark === '') sheet.doc.circle(page.left + 7, y + body.leading / 2 + 0.5, 2.2).fill(sheet.accent)
  if (mark !== '') setText(sheet.doc, mark, page.left, y, 22, { ...body, colour: sheet.accent, font: 'bold' })
  setFlow(sheet, text, page.left + 22, columnWidth - 22, body, 5)
}

function setNote(sheet: Sheet, tone: 'info' | 'warn', text: string): void {
  const style: Style = { size: 12.5, leading: 21, colour: ink.text, justify: !sheet.english }
  const height = measure(sheet.doc, text, columnWidth - 34, style) + 22
  room(sheet, height + 6)
  sheet.y += 4
  sheet.doc.roundedRect(page.left, sheet.y, columnWidth, height, 4).fill(tone === 'warn' ? ink.warnTint : sheet.tint)
  sheet.doc.rect(page.left, sheet.y, 4, height).fill(tone === 'warn' ? '#d98a00' : sheet.accent)
  setText(sheet.doc, text, page.left + 18, sheet.y + 11, columnWidth - 34, style)
  sheet.y += height + 12
}

function setReference(sheet: Sheet, number: string, text: string): void {
  const style: Style = { ...small, size: 11, leading: 18 }
  room(sheet, measure(sheet.doc, text, columnWidth - 26, style))
  setText(sheet.doc, `${number}.`, page.left, sheet.y, 24, style)
  sheet.y = setText(sheet.doc, text, page.left + 26, sheet.y, columnWidth - 26, style) + 5
}

function setTable(sheet: Sheet, columns: Column[], rows: string[][]): void {
  const widths = shares(columns)
  const heights = rows.map((row) => rowHeight(sheet, row, widths))
  const head = rowHeight(
    sheet,
    columns.map((one) => one.title),
    widths,
  )
  room(sheet, head + (heights[0] ?? 0) + (heights[1] ?? 0))
  sheet.y += 2
  setHead(sheet, columns, widths, head)
  rows.forEach((row, nth) => {
    const height = heights[nth] ?? 0
    if (sheet.y + height > floor) {
      sheet.newPage()
      setHead(sheet, columns, widths, head)
    }
    if (nth % 2 === 1) sheet.doc.rect(page.left, sheet.y, columnWidth, height).fill('#f6f8fa')
    setRow(sheet, row, columns, widths, cell)
    sheet.y += height
    sheet.doc
      .moveTo(page.left, sheet.y)
      .lineTo(page.left + columnWidth, sheet.y)
      .lineWidth(0.5)
      .stroke(ink.line)
  })
  sheet.y += 12
}

function setHead(sheet: Sheet, columns: Column[], widths: number[], height: number): void {
  sheet.doc.rect(page.left, sheet.y, columnWidth, height).fill(sheet.accent)
  const titles = columns.map((one) => one.title)
  setRow(sheet, titles, columns, widths, { ...cell, colour: ink.paper, font: 'bold' })
  sheet.y += height
}

function setRow(sheet: Sheet, row: string[], columns: Column[], widths: number[], style: Style): void {
  let x = page.left
  widths.forEach((width, nth) => {
    const align = columns[nth]?.align ?? 'left'
    setText(sheet.doc, row[nth] ?? '', x + 7, sheet.y + 6, width - 14, { ...style, align })
    x += width
  })
}

function rowHeight(sheet: Sheet, row: string[], widths: number[]): number {
  return Math.max(...widths.map((width, nth) => measure(sheet.doc, row[nth] ?? '', width - 14, cell))) + 12
}

function shares(columns: Column[]): number[] {
  const total = columns.reduce((sum, one) => sum + one.share, 0)
  return columns.map((one) => (columnWidth * one.share) / total)
}

function setFigure(sheet: Sheet, type: string, title: string, lines: string[]): void {
  const height = figureHeight(type, lines)
  room(sheet, height + 34)
  sheet.y += 4
  drawFigure(sheet, type, lines, sheet.y, height)
  sheet.y += height + 8
  if (title !== '') setCaption(sheet, 'figure', title, 12)
}

function setCaption(sheet: Sheet, kind: 'figure' | 'table', title: string, after: number): void {
  const number = (sheet.figures[kind] += 1)
  const words = sheet.english ? { figure: 'Figure', table: 'Table' } : { figure: '图', table: '表' }
  if (kind === 'table') room(sheet, 90)
  const style: Style = {
    ...small,
    size: 10.5,
    leading: 17,
    colour: ink.text,
    align: kind === 'figure' ? 'center' : 'left',
  }
  sheet.y = setText(sheet.doc, `**${words[kind]} ${number}** ${title}`, page.left, sheet.y, columnWidth, style) + after
}
