import { diffArrays } from 'diff'

/** `fold` is a long stretch that is the same on both sides, shown when it is asked for. */
export type Marked = { mark: 'same' | 'gone' | 'new' | 'fold'; text: string }

/** Texts that share next to nothing are not worth more of a reader's time: then all is gone and all is new. */
const longestMs = 400
const shownAround = 60
const foldFrom = 240

/** Sentence by sentence: finding words takes the square of what is looked at in one go. */
const sentences = /[^。！？；\n]{1,400}[。！？；\n]*|[。！？；\n]+/gu

/** Words, numbers and signs; where the browser knows no Chinese words, character by character. */
function wordsOf(text: string): string[] {
  if (typeof Intl.Segmenter !== 'function') return text.match(/[A-Za-z0-9]+|[^]/gu) ?? []
  const words = new Intl.Segmenter('zh', { granularity: 'word' })
  return (text.match(sentences) ?? []).flatMap((part) => Array.from(words.segment(part), ({ segment }) => segment))
}

/** Which words of a text are gone and which are new, in the order of reading. */
export function compareWords(before: string, after: string): Marked[] {
  if (before === after) return before === '' ? [] : [{ mark: 'same', text: before }]
  const changes = diffArrays(wordsOf(before), wordsOf(after), { timeout: longestMs })
  const whole: Marked[] = [
    { mark: 'gone', text: before },
    { mark: 'new', text: after },
  ]
  const marked = changes?.map(({ value, added, removed }): Marked => {
    const kind = added ? 'new' : 'same'
    return { mark: removed ? 'gone' : kind, text: value.join('') }
  })
  return (marked ?? whole).filter(({ text }) => text !== '')
}

/** Folds long stretches that are the same, so that what changed stands close together. */
export function folded(marked: readonly Marked[]): Marked[] {
  return marked.flatMap((one): Marked[] => {
    const signs = [...one.text]
    if (one.mark !== 'same' || signs.length < foldFrom) return [one]
    const part = (from: number, to?: number) => signs.slice(from, to).join('')
    return [
      { mark: 'same', text: part(0, shownAround) },
      { mark: 'fold', text: part(shownAround, -shownAround) },
      { mark: 'same', text: part(-shownAround) },
    ]
  })
}

const blocks = 'p,h1,h2,h3,h4,h5,h6,li,tr,blockquote,pre,div,figure,figcaption'

/** What a reader of an article sees of it, paragraph by paragraph; its pictures by their descriptions. */
export function readableOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const line of page.querySelectorAll('br')) line.replaceWith('\n')
  for (const picture of page.querySelectorAll('img')) picture.replaceWith(`[${picture.alt}]`)
  for (const block of page.querySelectorAll(blocks)) block.append('\n')
  return (page.body.textContent ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}
