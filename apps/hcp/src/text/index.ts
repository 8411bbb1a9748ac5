import type { Language } from '../hcp-page.ts'
import { en } from './en-us.ts'
import { zh, type Text } from './zh-cn.ts'

export type { Text }

/** All words of one language; both are complete or the code does not compile. */
export function textOf(language: Language): Text {
  return language === 'zh-CN' ? zh : en
}
