import { roundTripMs, type Visit } from './visit.ts'

/** One turn of all pages. */
export type Round = {
  floor: Visit
  bareVue: Visit
  cold: Visit
  warm: Visit
  sends: number[]
  switches: { fresh: number[]; known: number[] }
}

type Face = 'floor' | 'bareVue' | 'cold' | 'warm'
type Line = { what: string; figure: string; floor: string; ratio: string; goal: string }

const names: Record<Face, string> = {
  floor: 'floor page',
  bareVue: 'bare Vue',
  cold: 'sidebar, empty cache',
  warm: 'sidebar, opened again',
}
const faces: Face[] = ['floor', 'bareVue', 'cold', 'warm']

const at = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
const median = (values: number[]): number => at(values, 0.5)
const ms = (value: number): string => `${Math.round(value)} ms`
const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`

export function buildTable(rounds: Round[]): Line[] {
  const of = (face: Face, figure: keyof Visit): number[] => rounds.map((round) => round[face][figure])
  const spread = (values: number[]): string =>
    `${ms(median(values))} (${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))})`

  const time = (what: string, figure: keyof Visit, face: Face, than: Face | null, goal = ''): Line => ({
    what: `${what}: ${names[face]}`,
    figure: spread(of(face, figure)),
    floor: than ? `${names[than]} ${ms(median(of(than, 'list')))}` : '',
    ratio: than ? median(rounds.map((round) => round[face][figure] / round[than].list)).toFixed(2) : '',
    goal,
  })
  const plain = (
    what: string,
    figure: keyof Visit,
    show: (value: number) => string,
    goals: Partial<Record<Face, string>>,
  ) =>
    faces.map((face) => ({
      what: `${what}: ${names[face]}`,
      figure: show(median(of(face, figure))),
      floor: '',
      ratio: '',
      goal: goals[face] ?? '',
    }))
  const taps = (what: string, values: number[], floor: string, floorMs: number, goal: string): Line => ({
    what: `${what} (${values.length} times)`,
    figure: `p50 ${ms(median(values))} p75 ${ms(at(values, 0.75))}`,
    floor,
    ratio: floorMs ? (at(values, 0.75) / floorMs).toFixed(2) : '',
    goal,
  })
  const oneTrip = `1 round trip ${roundTripMs} ms`

  return [
    time('list', 'list', 'floor', null),
    time('list', 'list', 'bareVue', 'floor'),
    time('list', 'list', 'cold', 'floor', '≤ 2.00'),
    time('list', 'list', 'cold', 'bareVue', '≤ 1.00'),
    time('list', 'list', 'warm', 'floor', '≤ 800 ms'),
    time('decided list', 'decided', 'cold', 'floor'),
    time('decided list', 'decided', 'warm', 'floor'),
    ...faces.map((face) => time('first words', 'firstPaint', face, null)),
    ...plain('blocked', 'blocking', ms, { cold: '< 171 ms', warm: '< 171 ms' }),
    ...plain('JS gz', 'js', kB, { cold: '≤ 100 kB' }),
    ...plain('CSS gz', 'css', kB, { cold: '≤ 12 kB' }),
    ...plain('all bytes', 'bytes', kB, { cold: '≤ 100 kB' }),
    ...plain('requests', 'requests', String, { cold: '≤ 3' }),
    ...plain('fetched beside for later', 'beside', kB, {}),
    ...plain('layout shift', 'shift', (value) => value.toFixed(3), { cold: '0', warm: '0' }),
    taps(
      'tap on send → sendChatMessage',
      rounds.flatMap(({ sends }) => sends),
      oneTrip,
      roundTripMs,
      'p75 ≤ 200 ms',
    ),
    taps(
      'chat switch, new doctor',
      rounds.flatMap(({ switches }) => switches.fresh),
      oneTrip,
      roundTripMs,
      '',
    ),
    taps(
      'chat switch, doctor seen before',
      rounds.flatMap(({ switches }) => switches.known),
      '',
      0,
      '≤ 100 ms',
    ),
  ]
}

const notes = [
  'Profile: CPU 4 × slower, 100 ms a round trip, 9/3 Mbps, 375 × 667, HTTP/1.1 with gzip; signed in; ten pieces without pictures, the same for all.',
  'list: tenth row in the page and painted two frames later, ms from navigation. Sizes and requests: what was asked for before that row, but for what the page marks as less urgent: "fetched beside".',
  'blocked: time over 50 ms in long tasks until 0.8 s after the list. 171 ms is the best of seven rivals, measured on another day.',
  'Played: every endpoint (answers at once; the time of the real server and its database is the other half of this bench)',
  'and the WeCom client (answers at once, its identity check after 100 ms). Connections are open at once: no TLS.',
  'Ratios are medians of ratios within a round. A busy machine stretches work more than waiting: compare runs under the same load.',
]

/** Prints what was measured as markdown. */
export function printTable(machine: string, rounds: number, table: Line[]): void {
  const columns: (keyof Line)[] = ['what', 'figure', 'floor', 'ratio', 'goal']
  const widths = columns.map((column) => Math.max(column.length, ...table.map((line) => line[column].length)))
  const row = (line: Line) => `| ${columns.map((column, index) => line[column].padEnd(widths[index]!)).join(' | ')} |`
  console.log(`\n${machine}; medians of ${rounds} rounds in turn\n`)
  console.log(row({ what: 'what', figure: 'figure', floor: 'floor', ratio: 'ratio', goal: 'goal' }))
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  for (const line of table) console.log(row(line))
  console.log(`\n${notes.join('\n')}`)
}
