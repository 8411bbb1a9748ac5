import type { Box } from './figures.ts'
import { ink, type Sheet } from './paper.ts'
import { setText, type Style } from './typeset.ts'

const label: Style = { size: 9.5, leading: 13, colour: ink.soft }

/**
 * Two stepped survival curves. Lines: `axis | 24 | 月`, `series | name | median`, `note | text`. The steps are made up from
 * the median, the same every time.
 */
export function drawSurvival(sheet: Sheet, lines: string[], box: Box): void {
  const rows = lines.map(fields)
  const [, last = '24', unit = ''] = rows.find(([key]) => key === 'axis') ?? []
  const series = rows.filter(([key]) => key === 'series')
  const end = Number(last)
  const plot = { x: box.x + 44, y: box.y + 8, width: box.width - 60, height: box.height - 96 }
  frame(sheet, plot, end, unit)
  series.forEach(([, name = '', median = '1'], nth) => {
    const colour = nth === 0 ? sheet.accent : '#8b95a1'
    stepCurve(sheet, plot, end, Number(median), nth, colour)
    legend(sheet, name, colour, plot.x + 14, plot.y + plot.height - 62 + nth * 16)
    atRisk(sheet, plot, end, Number(median), nth, name)
  })
  const note = rows.find(([key]) => key === 'note')?.[1]
  if (note)
    setText(sheet.doc, note, plot.x + 14, plot.y + plot.height - 27, 230, { ...label, colour: ink.text, font: 'bold' })
}

function frame(sheet: Sheet, plot: Box, end: number, unit: string): void {
  const { doc } = sheet
  for (let share = 0; share <= 100; share += 20) {
    const y = plot.y + plot.height * (1 - share / 100)
    doc
      .moveTo(plot.x, y)
      .lineTo(plot.x + plot.width, y)
      .lineWidth(0.5)
      .stroke(share === 0 ? ink.soft : '#e6e9ed')
    setText(doc, `${share}%`, plot.x - 40, y - 7, 34, { ...label, align: 'right' })
  }
  doc
    .moveTo(plot.x, plot.y)
    .lineTo(plot.x, plot.y + plot.height)
    .lineWidth(0.8)
    .stroke(ink.soft)
  for (let month = 0; month <= end; month += end / 8) {
    const x = plot.x + (plot.width * month) / end
    setText(doc, String(month), x - 15, plot.y + plot.height + 4, 30, { ...label, align: 'center' })
  }
  setText(doc, unit, plot.x, plot.y + plot.height + 19, plot.width, { ...label, align: 'center' })
}

function stepCurve(sheet: Sheet, plot: Box, end: number, median: number, nth: number, colour: string): void {
  const { doc } = sheet
  let state = 97 + nth * 31 + Math.round(median * 10)
  let alive = 1
  doc.moveTo(plot.x, plot.y)
  for (let month = 0.25; month <= end; month += 0.25) {
    state = (state * 137 + 71) % 997
    const wanted = survival(month, median)
    const x = plot.x + (plot.width * month) / end
    if (state % 5 < 3 && wanted < alive) {
      doc.lineTo(x, plot.y + plot.height * (1 - alive)).lineTo(x, plot.y + plot.height * (1 - wanted))
      alive = wanted
    } else {
      doc.lineTo(x, plot.y + plot.height * (1 - alive))
    }
  }
  doc.lineWidth(1.8).stroke(colour)
}

function survival(month: number, median: number): number {
  return Math.exp(-Math.LN2 * (month / median) ** 1.12)
}

function atRisk(sheet: Sheet, plot: Box, end: number, median: number, nth: number, name: string): void {
  const y = plot.y + plot.height + 40 + nth * 14
  const words = sheet.english ? 'At risk' : '风险人数'
  if (nth === 0) setText(sheet.doc, words, plot.x - 44, y - 2, 60, { ...label, size: 8 })
  for (let month = end / 8; month <= end; month += end / 8) {
    const x = plot.x + (plot.width * month) / end
    const left = Math.round(206 * survival(month, median) * (1 - (month / end) * 0.55))
    setText(sheet.doc, String(left), x - 15, y - 2, 30, {
      ...label,
      size: 8.5,
      align: 'center',
      colour: nth === 0 ? sheet.accent : ink.soft,
    })
  }
  if (name === '') return
  sheet.doc.rect(plot.x + 12, y + 2, 10, 3).fill(nth === 0 ? sheet.accent : '#8b95a1')
}

function legend(sheet: Sheet, name: string, colour: string, x: number, y: number): void {
  sheet.doc.rect(x, y + 5, 16, 3).fill(colour)
  setText(sheet.doc, name, x + 22, y, 170, { ...label, colour: ink.text })
}

/** Horizontal bars. Lines: `label | value | unit | second value`; the second value is the comparison. */
export function drawBars(sheet: Sheet, lines: string[], box: Box): void {
  const rows = lines.map(fields)
  const head = rows.find(([key]) => key === 'legend')
  const bars = rows.filter(([key]) => key !== 'legend')
  const top = Math.max(...bars.flatMap(([, value = '0', , second = '0']) => [Number(value), Number(second)])) * 1.15
  const left = box.x + 150
  const width = box.width - 210
  if (head) {
    legend(sheet, head[1] ?? '', sheet.accent, left, box.y + 2)
    legend(sheet, head[2] ?? '', '#aab2bc', left + 180, box.y + 2)
  }
  bars.forEach(([name = '', value = '0', unit = '', second], nth) => {
    const y = box.y + 28 + nth * 31
    setText(sheet.doc, name, box.x, y + 3, 140, { ...label, size: 10.5, leading: 15, colour: ink.text, align: 'right' })
    bar(sheet, left, y, (width * Number(value)) / top, second === undefined ? 20 : 11, sheet.accent, `${value}${unit}`)
    if (second !== undefined)
      bar(sheet, left, y + 12, (width * Number(second)) / top, 11, '#aab2bc', `${second}${unit}`)
  })
  sheet.doc
    .moveTo(left, box.y + 22)
    .lineTo(left, box.y + 28 + bars.length * 31)
    .lineWidth(0.8)
    .stroke(ink.soft)
}

function bar(sheet: Sheet, x: number, y: number, width: number, height: number, colour: string, text: string): void {
  sheet.doc.rect(x, y, Math.max(width, 1), height).fill(colour)
  setText(sheet.doc, text, x + width + 6, y + height / 2 - 6.5, 80, { ...label, colour: ink.text })
}

/** A forest plot on a log axis from 0.25 to 2. Lines: `label | n | ratio | low | high`. */
export function drawForest(sheet: Sheet, lines: string[], box: Box): void {
  const { doc } = sheet
  const x = (ratio: number) => box.x + 200 + (Math.log(ratio / 0.25) / Math.log(8)) * (box.width - 320)
  const bottom = box.y + 24 + lines.length * 24
  const words = sheet.english
    ? ['Subgroup', 'n', 'HR (95% CI)', 'favours treatment', 'favours control']
    : ['亚组', '例数', 'HR（95% CI）', '支持试验组', '支持对照组']
  const head: Style = { ...label, font: 'bold', colour: ink.text }
  setText(doc, words[0] ?? '', box.x, box.y, 120, head)
  setText(doc, words[1] ?? '', box.x + 130, box.y, 50, { ...head, align: 'right' })
  setText(doc, words[2] ?? '', box.x + box.width - 110, box.y, 110, { ...head, align: 'right' })
  doc
    .moveTo(x(1), box.y + 18)
    .lineTo(x(1), bottom)
    .dash(2, { space: 2 })
    .lineWidth(0.8)
    .stroke(ink.soft)
    .undash()
  lines.map(fields).forEach(([name = '', count = '', ratio = '1', low = '1', high = '1'], nth) => {
    const y = box.y + 22 + nth * 24
    setText(doc, name, box.x, y + 3, 150, { ...label, size: 10.5, leading: 15, colour: ink.text })
    setText(doc, count, box.x + 130, y + 3, 50, { ...label, size: 10, leading: 15, align: 'right' })
    doc
      .moveTo(x(Number(low)), y + 11)
      .lineTo(x(Number(high)), y + 11)
      .lineWidth(1.2)
      .stroke(sheet.accent)
    doc.rect(x(Number(ratio)) - 4, y + 7, 8, 8).fill(sheet.accent)
    setText(doc, `${ratio}（${low}–${high}）`, box.x + box.width - 120, y + 3, 120, {
      ...label,
      size: 10,
      leading: 15,
      colour: ink.text,
      align: 'right',
    })
  })
  doc.moveTo(x(0.25), bottom).lineTo(x(2), bottom).lineWidth(0.8).stroke(ink.soft)
  for (const tick of [0.25, 0.5, 1, 2])
    setText(doc, String(tick), x(tick) - 15, bottom + 3, 30, { ...label, align: 'center' })
  setText(doc, `← ${words[3]}`, x(1) - 106, bottom + 14, 100, { ...label, size: 8.5, align: 'right' })
  setText(doc, `${words[4]} →`, x(1) + 6, bottom + 14, 100, { ...label, size: 8.5 })
}

export function fields(line: string): string[] {
  return line.split('|').map((field) => field.trim())
}
