import { pinyin } from 'pinyin-pro'
import { compact } from './content/search/grams.ts'

/** What an account is found by: name, full pinyin, initials, Latin name; lower case, at most 200 characters. */
export function accountSearchText(account: { name: string; nameEn: string }): string {
  return joined([account.name, ...soundsOf(account.name, true), account.nameEn], 200)
}

/** How a name, or what somebody typed, sounds: full pinyin without tones, blanks and case; other letters as they are. */
export const soundOf = (text: string): string => soundsOf(text, true)[0].toLowerCase()

type Searchable = {
  title: string
  shortTitle: string
  aliases: readonly string[]
  tags?: readonly string[]
  approvalNumber: string
  productNames: readonly string[]
}

/** What a piece is found by, most telling first: letters and digits alone, a space between names; at most 2000 characters. */
export function pieceSearchText(piece: Searchable): string {
  const { title, shortTitle, aliases, tags = [], approvalNumber, productNames } = piece
  const names = [title, shortTitle, ...productNames]
  const others = [...aliases, ...tags]
  const spoken = [...names, ...others].flatMap((text) => soundsOf(text, false))
  return joined([...names, approvalNumber, ...others, ...spoken].map(compact), 2000)
}

/** Where a title stands among others: how it sounds, digits and letters as they are; at most 120 characters. */
export const titleSound = (title: string): string => soundsOf(title, false)[0].toLowerCase().slice(0, 120)

/** Full pinyin without tones and initials, both without spaces; ü is typed v. A family name is read as one. */
function soundsOf(text: string, familyName: boolean): [full: string, initials: string] {
  const surname = familyName ? 'head' : 'off'
  const runs = text.match(/\p{Script=Han}+|[\p{L}\p{N}-]+/gu) ?? []
  const words = runs.flatMap((run) => {
    if (!/\p{Script=Han}/u.test(run)) return { full: run, first: run }
    const syllables = pinyin(run, { toneType: 'none', type: 'array', v: true, surname })
    return syllables.map((full) => ({ full, first: [...full][0] ?? '' }))
  })
  return [words.map((word) => word.full).join(''), words.map((word) => word.first).join('')]
}

/** Each word once, whole words only up to the limit. */
function joined(parts: readonly string[], limit: number): string {
  const words = new Set(parts.map((part) => part.trim().toLowerCase()).filter((part) => part !== ''))
  let text = ''
  for (const word of words) {
    const longer = text === '' ? word : `${text} ${word}`
    if ([...longer].length > limit) return text === '' ? [...word].slice(0, limit).join('') : text
    text = longer
  }
  return text
}

/** What a colleague is found by and in which order they stand: how the name sounds first, the user id last. */
export const personSearchText = (person: { name: string; nameEn: string; wecomUserId: string }): string =>
  [soundOf(person.name), accountSearchText(person), person.wecomUserId.toLowerCase()].join(' ').slice(0, 300)
