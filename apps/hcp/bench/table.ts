import { profiles, type Profile, type Visit } from './visit.ts'

export type Round = Record<'floor' | 'reader' | 'saver', Visit>
type Line = { what: string; figure: string; floor: string; ratio: string; goal: string }

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const p75 = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.75)] ?? 0
const ms = (value: number): string => `${Math.round(value)} ms`
const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`
const goals = { text: 'p75 ≤ 1200 ms', page: 'p75 ≤ 1800 ms' }
const names = { text: 'text', page: 'first page' }

export function buildTable(profile: Profile, rounds: Round[]): Line[] {
  const of = (face: keyof Round, figure: keyof Visit) => rounds.map((round) => round[face][figure])
  const times = (['reader', 'saver'] as const).flatMap((face) =>
    (['text', 'page'] as const).map((figure) => ({
      what: `${profiles[profile].says}: ${names[figure]}${face === 'saver' ? ', saving data' : ''}`,
      figure: `p50 ${ms(median(of(face, figure)))} p75 ${ms(p75(of(face, figure)))}`,
      floor: ms(median(of('floor', figure))),
      ratio: median(rounds.map((round) => round[face][figure] / round.floor[figure])).toFixed(2),
      goal: goals[figure],
    })),
  )
  return times
}

/** What travelled; the same on every network. */
export function buildSizes(rounds: Round[]): Line[] {
  const last = rounds.at(-1)
  if (!last) return []
  const line = (what: string, figure: string, goal = '', floor = ''): Line => ({ what, figure, floor, ratio: '', goal })
  return [
    line('HTML, 12 pages with their text, style in it', kB(last.reader.html), '', kB(last.floor.html)),
    line('script', kB(last.reader.js), '≤ 12 kB'),
    line('first page', kB(last.reader.picture), '≤ 90 kB', kB(last.floor.picture)),
    line('first page, saving data', kB(last.saver.picture), '≤ 45 kB'),
    line('pictures asked for before the first is there', String(last.reader.pictures), ''),
    line('layout shift', Math.max(...rounds.map(({ reader }) => reader.shift)).toFixed(3), '0'),
  ]
}

export function printTable(title: string, table: Line[], notes: string[]): void {
  const columns: (keyof Line)[] = ['what', 'figure', 'floor', 'ratio', 'goal']
  const widths = columns.map((column) => Math.max(column.length, ...table.map((line) => line[column].length)))
  const row = (line: Line) => `| ${columns.map((column, nth) => line[column].padEnd(widths[nth] ?? 0)).join(' | ')} |`
  console.log(`\n${title}\n`)
  console.log(row({ what: 'what', figure: 'figure', floor: 'floor', ratio: 'ratio', goal: 'goal' }))
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  for (const line of table) console.log(row(line))
  console.log(`\n${notes.join('\n')}`)
}
