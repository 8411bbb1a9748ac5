import { type ShallowRef, shallowRef } from 'vue'
import { keep, take } from '../storage.ts'
import { type Text, zh } from './zh.ts'

export type Language = 'zh' | 'en'

const key = 'vouch.language'
const text = shallowRef<Text>(zh)

/** The words now shown. Chinese travels with the page, another language is loaded when it is chosen. */
export function useText(): Readonly<ShallowRef<Text>> {
  return text
}

/** What the address asks for, else what was chosen before, else what the browser speaks. */
export function firstLanguage(search = location.search, spoken = navigator.language): Language {
  const asked = new URLSearchParams(search).get('lang') ?? take<string>('local', key) ?? spoken
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/** Shows another language, and remembers it when it was chosen. */
export async function speak(language: Language, remember = false): Promise<void> {
  text.value = language === 'en' ? (await import('./en.ts')).en : zh
  document.documentElement.lang = language === 'en' ? 'en-US' : 'zh-CN'
  if (remember) keep('local', key, language)
}
