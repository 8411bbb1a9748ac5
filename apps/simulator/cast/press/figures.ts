import { drawBars, drawForest, drawSurvival } from './charts.ts'
import { drawFlow, drawGrid, drawPlate, drawSteps, drawTimeline } from './diagrams.ts'
import { columnWidth, page, type Sheet } from './paper.ts'

export type Box = { x: number; y: number; width: number; height: number }
type Draw = (sheet: Sheet, lines: string[], box: Box) => void

const figures: Record<string, { draw: Draw; height: (lines: string[]) => number }> = {
  survival: { draw: drawSurvival, height: () => 272 },
  bars: { draw: drawBars, height: (lines) => 34 + lines.filter((line) => !line.startsWith('legend')).length * 31 },
  forest: { draw: drawForest, height: (lines) => 46 + lines.length * 24 },
  flow: { draw: drawFlow, height: (lines) => 16 + Math.max(2, lines.length - 2) * 106 },
  steps: { draw: drawSteps, height: (lines) => lines.length * 62 },
  timeline: { draw: drawTimeline, height: () => 112 },
  grid: { draw: drawGrid, height: (lines) => Math.ceil(lines.length / 3) * 92 },
  plate: { draw: drawPlate, height: () => 400 },
}

/** Height of a figure in points. Throws on a type nobody draws. */
export function figureHeight(type: string, lines: string[]): number {
  return figureOf(type).height(lines)
}

/** Draws a figure over the whole column at y. */
export function drawFigure(sheet: Sheet, type: string, lines: string[], y: number, height: number): void {
  figureOf(type).draw(sheet, lines, { x: page.left, y, width: columnWidth, height })
}

function figureOf(type: string) {
  const figure = figures[type]
  if (!figure) throw new Error(`No figure is called ${type}. Known: ${Object.keys(figures).join(', ')}`)
  return figure
}
