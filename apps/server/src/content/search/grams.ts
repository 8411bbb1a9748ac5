import { pinyin } from 'pinyin-pro'

/**
 * The terms a piece is kept under and a search is asked by. Chinese has no spaces, so words are met by their pairs of
 * characters; Latin words and pinyin by threes. Terms only narrow down: what is shown has been compared in full.
 */
export const zones = { name: 0, text: 1, fact: 2 } as const

/** Whenever the terms of a piece, the blocks or what is kept of its words change, so does this, and every index is built anew. */
export const gramsVersion = 3

/** Of a longer text the beginning is searched. */
export const textLimit = 20_000
const prefixLimit = 8

const han = /\p{Script=Han}/u
const runs = /\p{Script=Han}+|[^\p{Script=Han}]+/gu

/** Letters and digits alone, of one width and in lower case: whatever signs and spaces are typed or left out. */
export const compact = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

function gramsOf(text: string, size: number): string[] {
  const letters = [...text]
  return letters.slice(0, Math.max(0, letters.length - size + 1)).map((_, at) => letters.slice(at, at + size).join(''))
}

/** Terms of the names in a `searchText`: characters and pairs of Chinese, up to three letters of the rest. */
export function nameTerms(searchText: string): string[] {
  const terms = searchText.split(' ').flatMap((name) =>
    (name.match(runs) ?? []).flatMap((run) => {
      const sizes = han.test(run) ? [1, 2] : [1, 2, 3]
      return sizes.flatMap((size) => gramsOf(run, size))
    }),
  )
  return [...new Set(terms)]
}

/** Terms of what stands on the pages: pairs of Chinese characters, beginnings of other words. */
export function textTerms(text: string): string[] {
  const folded = text.slice(0, textLimit).normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')
  const terms = new Set<string>()
  const chinese = folded.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
  for (const [run] of chinese.matchAll(/\p{Script=Han}{2,}/gu)) for (const pair of gramsOf(run, 2)) terms.add(pair)
  for (const [word] of folded.matchAll(/(?!\p{Script=Han})[\p{L}\p{N}][^\p{Script=Han}\s]*/gu)) {
    for (const part of [compact(word), ...word.split(/[^\p{L}\p{N}]+/u)])
      for (let length = 1; length <= Math.min(prefixLimit, part.length); length += 1) terms.add(part.slice(0, length))
  }
  return [...terms]
}

/** Facts a search is narrowed by before any row is read. */
export const factTerm = (fact: 'product' | 'market' | 'kind' | 'class' | 'language', value: string): string =>
  `${fact}:${value}`

export type AskedWord = {
  word: string
  /** In the names all of these, on the pages all of those; null: too short to be looked for there. */
  name: string[]
  text: string[] | null
}

/** A search as its words; at most five count, and of each the first 30 characters. */
export function askedWords(query: string): AskedWord[] {
  return query
    .split(/\s+/)
    .map((word) => [...compact(word)].slice(0, 30).join(''))
    .filter(Boolean)
    .slice(0, 5)
    .map((word) => {
      const parts = word.match(runs) ?? []
      const text = parts.flatMap((run) => (han.test(run) ? gramsOf(run, 2) : [run.slice(0, prefixLimit)]))
      return { word, name: parts.flatMap(narrowest), text: text.length === 0 ? null : few(text) }
    })
}

function narrowest(run: string): string[] {
  const size = Math.min([...run].length, han.test(run) ? 2 : 3)
  return few(gramsOf(run, size))
}

/** Enough to narrow down by; the rest is compared anyway. */
const few = (terms: string[]): string[] => [...new Set(terms)].slice(0, 8)

/** How a word sounds, without tones: what is typed in wrong characters sounds right. */
export const soundOf = (word: string): string =>
  compact(pinyin(word, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).join(''))

/** Threes of a sound, for words with a slip in them. */
export const soundTerms = (sound: string): string[] => few(gramsOf(sound, 3))
