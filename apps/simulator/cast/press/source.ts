/** A block of a source text; see sources/README.md for how they are written. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'lead'; text: string }
  | { kind: 'item'; mark: string; text: string }
  | { kind: 'note'; tone: 'info' | 'warn'; text: string }
  | { kind: 'reference'; number: string; text: string }
  | { kind: 'caption'; text: string }
  | { kind: 'table'; columns: Column[]; rows: string[][] }
  | { kind: 'figure'; type: string; title: string; lines: string[] }
  | { kind: 'page' }
  | { kind: 'contents' }

export type Column = { title: string; share: number; align: 'left' | 'center' | 'right' }

/** Reads a source text. Parts between `%% 3` and `%% end` belong to version 3 only. */
export function parseSource(text: string, version: number): Block[] {
  const lines = linesOfVersion(text.split('\n'), version)
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const length = blockLength(lines, at)
    const block = length > 1 ? longBlock(lines.slice(at, at + length)) : lineBlock(line)
    if (block) blocks.push(block)
    at += length
  }
  return blocks
}

function linesOfVersion(lines: string[], version: number): string[] {
  let only: number | null = null
  return lines
    .map((line) => line.trim())
    .filter((line) => {
      const mark = /^%% (\w+)$/.exec(line)?.[1]
      if (mark) only = mark === 'end' ? null : Number(mark)
      return !mark && line !== '' && (only === null || only === version)
    })
}

/** A table is as long as its rows; a figure runs to the next line of three colons, a caption is one line. */
function blockLength(lines: string[], from: number): number {
  const first = lines[from] ?? ''
  if (first.startsWith(':::table')) return 1
  const end = first.startsWith(':::')
    ? lines.indexOf(':::', from + 1) + 1
    : lines.findIndex((line, at) => at >= from && !line.startsWith('|'))
  if (first.startsWith(':::') && end === 0) throw new Error(`Nothing closes ${first}`)
  return Math.max(1, (end === -1 ? lines.length : end) - from)
}

function longBlock(lines: string[]): Block {
  const [first = '', ...rest] = lines
  if (first.startsWith(':::')) {
    const [, type = '', title = ''] = /^:::(\w+)\s*(.*)$/.exec(first) ?? []
    return { kind: 'figure', type, title, lines: rest.slice(0, -1) }
  }
  const [titles = [], shares = [], ...rows] = lines.map(cells)
  const columns = titles.map((title, nth) => column(title, shares[nth] ?? '1'))
  return { kind: 'table', columns, rows }
}

function cells(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())
}

function column(title: string, share: string): Column {
  const align = share.endsWith('r') ? 'right' : share.endsWith('c') ? 'center' : 'left'
  return { title, share: Number.parseFloat(share) || 1, align }
}

function lineBlock(line: string): Block | null {
  const tagged = /^(#{2,3}|>|!i|!!|-|\d+\.|@\d+) (.*)$/.exec(line)
  if (line === '===') return { kind: 'page' }
  if (line === '[contents]') return { kind: 'contents' }
  if (line.startsWith(':::table')) return { kind: 'caption', text: line.slice(9) }
  if (!tagged) return { kind: 'paragraph', text: line }
  const [, tag = '', text = ''] = tagged
  if (tag === '##' || tag === '###') return { kind: 'heading', level: tag === '##' ? 2 : 3, text }
  if (tag === '>') return { kind: 'lead', text }
  if (tag.startsWith('!')) return { kind: 'note', tone: tag === '!i' ? 'info' : 'warn', text }
  if (tag.startsWith('@')) return { kind: 'reference', number: tag.slice(1), text }
  return { kind: 'item', mark: tag === '-' ? '' : tag, text }
}
