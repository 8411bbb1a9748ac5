import type { Doc, FontName } from './paper.ts'

export type Style = {
  size: number
  leading: number
  colour: string
  font?: FontName
  justify?: boolean
  align?: 'left' | 'center' | 'right'
}

type Token = { text: string; font: FontName; raised: boolean; width: number; space: boolean; glue: boolean }
type Line = { tokens: Token[]; width: number; last: boolean }

const noStart = new Set('，。、；：？！）》」』】〕％%…—·”’,.;:?!)]}/-–')
const noEnd = new Set('（《「『【〔“‘([{')
const han = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]|[\u{20000}-\u{3ffff}]/u
const pieces =
  /\*\*|\[\d+(?:[,–-]\d+)*\]|\s+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—*[]+|[[*]/gu

/** Height the text would take. */
export function measure(doc: Doc, text: string, width: number, style: Style): number {
  return breakLines(doc, text, width, style).length * style.leading
}

/** Natural width of the text on one line. */
export function widthOf(doc: Doc, text: string, style: Style): number {
  return tokensOf(doc, text, style).reduce((sum, token) => sum + token.width, 0)
}

/**
 * Sets text in lines of the given width, Han characters justified, and returns the y below. `**bold**` and raised
 * reference marks `[3]` are understood; no line starts with a closing mark or ends with an opening one.
 */
export function setText(doc: Doc, text: string, x: number, y: number, width: number, style: Style): number {
  const lines = breakLines(doc, text, width, style)
  lines.forEach((line, nth) => setLine(doc, line, x, y + nth * style.leading, width, style))
  return y + lines.length * style.leading
}

/** The lines of a text, for blocks that continue on the next page. */
export function linesOf(doc: Doc, text: string, width: number, style: Style): ((x: number, y: number) => void)[] {
  return breakLines(doc, text, width, style).map((line) => (x, y) => setLine(doc, line, x, y, width, style))
}

function tokensOf(doc: Doc, text: string, style: Style): Token[] {
  const tokens: Token[] = []
  let bold = style.font === 'bold'
  for (const [match] of text.matchAll(pieces)) {
    if (match === '**') {
      bold = !bold
      continue
    }
    const raised = /^\[\d/.test(match)
    const font = bold ? 'bold' : 'regular'
    const first = match.charAt(0)
    const previous = tokens.at(-1)
    const glue =
      raised || noStart.has(first) || (previous !== undefined && !previous.space && noEnd.has(previous.text.slice(-1)))
    tokens.push({
      text: match.trim() === '' ? ' ' : match,
      font,
      raised,
      space: match.trim() === '',
      glue,
      width: measureToken(doc, match.trim() === '' ? ' ' : match, font, raised ? style.size * 0.62 : style.size),
    })
  }
  return tokens
}

const widths = new Map<string, number>()

function measureToken(doc: Doc, text: string, font: FontName, size: number): number {
  const key = `${font} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known * size
  doc.font(font).fontSize(1000)
  const width = doc.widthOfString(text) / 1000
  widths.set(key, width)
  return width * size
}

function breakLines(doc: Doc, text: string, width: number, style: Style): Line[] {
  const lines: Line[] = []
  let tokens: Token[] = []
  let used = 0
  for (const token of tokensOf(doc, text, style)) {
    if (used + token.width > width + 0.01 && tokens.length > 0 && !token.space) {
      const moved = cutForGlue(tokens, token)
      lines.push(lineOf(tokens.slice(0, tokens.length - moved), false))
      tokens = tokens.slice(tokens.length - moved)
      used = tokens.reduce((sum, one) => sum + one.width, 0)
    }
    if (token.space && tokens.length === 0) continue
    tokens.push(token)
    used += token.width
  }
  lines.push(lineOf(tokens, true))
  return lines
}

/** How many tokens must go with the next one to the new line. */
function cutForGlue(tokens: Token[], next: Token): number {
  let moved = 0
  let follower = next
  while (follower.glue && moved < tokens.length - 1 && moved < 4) {
    moved += 1
    follower = tokens[tokens.length - moved] ?? next
  }
  return moved
}

function lineOf(tokens: Token[], last: boolean): Line {
  const trimmed = [...tokens]
  while (trimmed.at(-1)?.space) trimmed.pop()
  return { tokens: trimmed, width: trimmed.reduce((sum, token) => sum + token.width, 0), last }
}

function setLine(doc: Doc, line: Line, x: number, y: number, width: number, style: Style): void {
  const slack = width - line.width
  const gaps = line.tokens.filter((token, nth) => nth > 0 && opensGap(token, line.tokens[nth - 1])).length
  const stretch = style.justify && !line.last && gaps > 0 && slack / gaps < style.size * 0.22 ? slack / gaps : 0
  let at = x + (style.align === 'center' ? slack / 2 : style.align === 'right' ? slack : 0)
  let run = { text: '', x: at, font: 'regular' as FontName, raised: false, han: false }
  const flush = () => {
    if (run.text.trim() !== '') setRun(doc, run, y, stretch, style)
  }
  line.tokens.forEach((token, nth) => {
    if (nth > 0 && opensGap(token, line.tokens[nth - 1])) at += stretch
    const isHan = han.test(token.text)
    const joins =
      run.text !== '' &&
      run.font === token.font &&
      run.raised === token.raised &&
      (stretch === 0 || (run.han && isHan && !token.raised))
    if (joins) run.text += token.text
    if (!joins) {
      flush()
      run = { text: token.text, x: at, font: token.font, raised: token.raised, han: isHan }
    }
    at += token.width
  })
  flush()
}

/** Between Han characters and at spaces a justified line may open up. */
function opensGap(token: Token, previous: Token | undefined): boolean {
  if (!previous || token.raised) return false
  return token.space || previous.space ? token.space : han.test(token.text) || han.test(previous.text)
}

function setRun(
  doc: Doc,
  run: { text: string; x: number; font: FontName; raised: boolean; han: boolean },
  y: number,
  stretch: number,
  style: Style,
): void {
  const size = run.raised ? style.size * 0.62 : style.size
  const drop = run.raised ? style.size * -0.05 : (style.leading - style.size * 1.2) / 2
  doc.font(run.font).fontSize(size).fillColor(style.colour)
  doc.text(run.text, run.x, y + drop, { lineBreak: false, characterSpacing: run.han ? stretch : 0 })
}
