import { pinyin } from 'pinyin-pro'
import { compact, type AskedWord } from './grams.ts'

/** What a search compares: `searchText` holds every name of the piece and how it sounds, each compact, one space apart. */
export type Named = { title: string; approvalNumber: string; searchText: string }
export type Range = [start: number, length: number]

export const inNames = (row: Named, words: readonly AskedWord[]): boolean =>
  words.every(({ word }) => row.searchText.includes(word))

/** How well the names answer, the higher the better. Among equals the newer piece comes first. */
export function rankOf(row: Named, words: readonly AskedWord[]): number {
  const whole = words.map(({ word }) => word).join('')
  const title = compact(row.title)
  const number = compact(row.approvalNumber)
  if (title === whole || number === whole) return 6
  if (title.startsWith(whole)) return 5
  if (title.includes(whole) || number.includes(whole)) return 4
  if (words.every(({ word }) => title.includes(word))) return 3
  return words.every(({ word }) => ` ${row.searchText}`.includes(` ${word}`)) ? 2 : 1
}

/** Where the words stand in a title, literally or by their sound, as [start, length] in UTF-16 units, none overlapping. */
export function highlightsIn(text: string, words: readonly string[]): Range[] {
  const literal = compactWithPlaces(text)
  let spoken: Spelled[] | undefined
  const ranges = words.flatMap((word) => {
    const found = allIn(literal, word)
    if (found.length > 0 || /\p{Script=Han}/u.test(word)) return found
    spoken ??= soundsWithPlaces(text)
    return spoken.map((sound) => allIn(sound, word)).find((those) => those.length > 0) ?? []
  })
  return merged(ranges)
}

/** A text with, for each of its UTF-16 units, where that came from: `[start, end]` in the original. */
type Spelled = { text: string; from: Range[] }

function compactWithPlaces(original: string): Spelled {
  let text = ''
  const from: Range[] = []
  let at = 0
  for (const letter of original) {
    const plain = compact(letter)
    for (let unit = 0; unit < plain.length; unit += 1) from.push([at, at + letter.length])
    text += plain
    at += letter.length
  }
  return { text, from }
}

/** Full pinyin and initials. */
function soundsWithPlaces(original: string): Spelled[] {
  const spellings = [(sound: string) => sound, (sound: string) => [...sound][0] ?? '']
  const syllables = pinyin(original, { toneType: 'none', type: 'all', v: true, nonZh: 'spaced' })
  return spellings.map((spell) => {
    let text = ''
    const from: Range[] = []
    let at = 0
    for (const { origin, pinyin: sound, isZh } of syllables) {
      const spelled = isZh ? spell(sound) : compact(origin)
      for (let unit = 0; unit < spelled.length; unit += 1) from.push([at, at + origin.length])
      text += spelled
      at += origin.length
    }
    return { text, from }
  })
}

function allIn({ text, from }: Spelled, word: string): Range[] {
  const ranges: Range[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const [start, end] = [from[at]![0], from[at + word.length - 1]![1]]
    ranges.push([start, end - start])
  }
  return ranges
}

function merged(ranges: Range[]): Range[] {
  const apart: Range[] = []
  for (const [start, length] of ranges.toSorted(([one], [other]) => one - other)) {
    const last = apart.at(-1)
    if (last && start <= last[0] + last[1]) last[1] = Math.max(last[1], start + length - last[0])
    else apart.push([start, length])
  }
  return apart
}

export type Excerpt = { page: number; text: string; highlights: Range[] }
const before = 12
const excerptLength = 60

/** The first place on a page where the word stands, with some text around it; undefined when it does not. */
export function excerptOf(page: { number: number; text: string }, word: string): Excerpt | undefined {
  const [range] = allIn(compactWithPlaces(page.text), word)
  if (!range) return undefined
  const start = Math.max(0, range[0] - before)
  const text = page.text.slice(start, start + excerptLength).replace(/\s/gu, ' ')
  return {
    page: page.number,
    text,
    highlights: [[range[0] - start, Math.min(range[1], text.length - (range[0] - start))]],
  }
}

const longestCompared = 31

/**
 * The fewest letters to change, add or leave out so that `word` stands somewhere in `text`. A column of the table of
 * edits is kept as two sets of bits, where it rises and where it falls (Myers, 1999), so a letter of the text costs a
 * dozen steps. Of a long word the first 31 letters are compared.
 */
export function slipsIn(text: string, word: string): number {
  const pattern = word.slice(0, longestCompared)
  const last = 1 << (pattern.length - 1)
  const places = new Map<string, number>()
  for (let at = 0; at < pattern.length; at += 1) places.set(pattern[at]!, (places.get(pattern[at]!) ?? 0) | (1 << at))
  let [rises, falls, slips] = [~0, 0, pattern.length]
  let fewest = slips
  for (let at = 0; at < text.length && fewest > 0; at += 1) {
    const same = places.get(text[at]!) ?? 0
    const level = same | falls
    const diagonal = (((same & rises) + rises) ^ rises) | same
    let up = falls | ~(diagonal | rises)
    let down = rises & diagonal
    if (up & last) slips += 1
    else if (down & last) slips -= 1
    fewest = Math.min(fewest, slips)
    up <<= 1
    down <<= 1
    rises = down | ~(level | up)
    falls = up & level
  }
  return fewest
}
