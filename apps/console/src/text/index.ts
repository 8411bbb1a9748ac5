import { computed, type ComputedRef, type ShallowRef, shallowRef } from 'vue'
import { keep, take } from '../storage.ts'
import { type Text, zh } from './zh.ts'

export type Language = 'zh' | 'en'

const key = 'vouch.language'
const text = shallowRef<Text>(zh)

/** The language now shown. The `language` of a text is the other one: what the switch offers. */
export const language = computed<Language>(() => (text.value.language.code === 'en' ? 'zh' : 'en'))

/** The words now shown. Chinese travels with the page, another language is loaded when it is chosen. */
export function useText(): Readonly<ShallowRef<Text>> {
  return text
}

/** Words of a room of its own, loaded with its pages. */
export const wordsIn = <Words>(words: Record<Language, Words>): ComputedRef<Words> =>
  computed(() => words[language.value])

/** What somebody who reads the language now shown calls it. */
export const called = ({ code = '', name, nameEn }: { code?: string; name: string; nameEn: string }): string =>
  (language.value === 'en' ? nameEn || name : name) || code

/** What the address asks for, else what was chosen before, else what the browser speaks. */
export function firstLanguage(search = location.search, spoken = navigator.language): Language {
  const asked = new URLSearchParams(search).get('lang') ?? take<string>('local', key) ?? spoken
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/** Shows another language, and remembers it when it was chosen. */
export async function speak(chosen: Language, remember = false): Promise<void> {
  text.value = chosen === 'en' ? (await import('./en.ts')).en : zh
  document.documentElement.lang = chosen === 'en' ? 'en-US' : 'zh-CN'
  if (remember) keep('local', key, chosen)
}
