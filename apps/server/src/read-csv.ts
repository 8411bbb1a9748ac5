import { parse } from 'csv-parse'

/** Why a list as a whole cannot be read; `about` names the line or the heading. */
export const listProblems = [
  'list_encoding',
  'list_broken',
  'list_empty',
  'list_too_long',
  'heading_twice',
  'heading_missing',
] as const
export type ListProblem = (typeof listProblems)[number]

export class ListError extends Error {
  readonly problem: ListProblem
  readonly about: string
  constructor(problem: ListProblem, about = '') {
    super(problem)
    this.problem = problem
    this.about = about
  }
}

/** For a `catch`: a list that cannot be read is an answer, any other fault is not. */
export function asListError(fault: unknown): ListError {
  if (fault instanceof ListError) return fault
  throw fault
}

const longestRow = 1_000_000

type Line = { line: number; cells: string[] }

/**
 * `number` counts the rows of a list from 1, `line` all of them as a spreadsheet does. `cells` are the row as it stood,
 * `fields` those under a known heading.
 */
export type TableRow<Field extends string> = Line & { number: number; fields: Partial<Record<Field, string>> }
export type Table<Field extends string> = { headings: string[]; rows: TableRow<Field>[] }
type Columns<Field extends string> = {
  columnOf: (heading: string) => Field | undefined
  /** Without these it is no such list; a row whose first of them begins with # is a remark, as in our templates. */
  required: readonly [Field, ...Field[]]
  mostRows?: number
}

/** A list with its rows under the headings that are known. Throws ListError. */
export async function readTable<Field extends string>(
  bytes: Uint8Array,
  { columnOf, required, mostRows }: Columns<Field>,
): Promise<Table<Field>> {
  const [first, ...lines] = await readLines(bytes, mostRows)
  if (!first) throw new ListError('list_empty')
  const columns = first.cells.map(columnOf)
  const twice = columns.find((field, at) => field && columns.indexOf(field) !== at)
  if (twice) throw new ListError('heading_twice', twice)
  const missing = required.find((field) => !columns.includes(field))
  if (missing) throw new ListError('heading_missing', missing)
  const rows = lines
    .map((row) => {
      const fields: TableRow<Field>['fields'] = {}
      for (const [place, field] of columns.entries()) if (field) fields[field] = row.cells[place] ?? ''
      return { ...row, fields }
    })
    .filter(({ fields }) => !fields[required[0]]?.startsWith('#'))
    .map((row, at) => ({ ...row, number: at + 1 }))
  if (rows.length === 0) throw new ListError('list_empty')
  return { headings: first.cells, rows }
}

/** The lines of a list that hold anything, headings and all. Throws ListError. */
async function readLines(bytes: Uint8Array, mostRows = 10_000): Promise<Line[]> {
  const text = decode(bytes)
  const separator = [',', ';', '\t'].find((sign) => (text.split(/\r\n|\n|\r/, 1)[0] ?? '').includes(sign)) ?? ','
  const lines = parse(text, {
    delimiter: separator,
    relax_column_count: true,
    trim: true,
    max_record_size: longestRow,
  })
  const read: Line[] = []
  let line = 0
  try {
    for await (const cells of lines as AsyncIterable<string[]>) {
      line += 1
      if (cells.every((cell) => cell === '')) continue
      if (read.length > mostRows) throw new ListError('list_too_long', String(mostRows))
      read.push({ line, cells: cells.map(withoutGuard) })
    }
  } catch (fault) {
    if (fault instanceof ListError) throw fault
    throw new ListError('list_broken', lineOf(fault))
  }
  return read
}

/** UTF-8, UTF-16 with its mark, or GB 18030, as Chinese Excel writes it. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return text
    } catch {
      // then it is not that one
    }
  }
  throw new ListError('list_encoding')
}

/** Takes back the mark that our own lists of errors put before a formula. */
const withoutGuard = (cell: string): string => (/^'\s*[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell)

function lineOf(fault: unknown): string {
  const { lines } = (fault ?? {}) as { lines?: unknown } // csv-parse names the line
  return typeof lines === 'number' ? String(lines) : ''
}
