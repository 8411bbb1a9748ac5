import { computed } from 'vue'
import { useText } from './index.ts'

/** Words about doctors who are to be told of a withdrawal; they travel with what shows them. */
const zh = {
  label: '要转告的医生',
  why: (title: string, version: number) => `这位医生看过《${title}》v${version}，现已撤回，请转告。`,
  send: (title: string) => `去发《${title}》`,
  unknown: (title: string) => `《${title}》发过，结果未知，请在记录里核对。`,
  list: '还要转告的医生',
  row: (title: string, notice: string) => `看过《${title}》，请发《${notice}》`,
  more: '再看一些',
  hint: '点医生打开聊天，在聊天里发。',
  failed: '没读到要转告的医生',
}

type Words = typeof zh

const en: Words = {
  label: 'To be told',
  why: (title, version) => `This doctor read “${title}” v${version}, which is withdrawn. Please tell them.`,
  send: (title) => `Send “${title}”`,
  unknown: (title) => `“${title}” was sent with an unknown result. Settle it in the history.`,
  list: 'Doctors still to be told',
  row: (title, notice) => `Read “${title}”, send “${notice}”`,
  more: 'Show more',
  hint: 'Tap a doctor to open the chat, and send it there.',
  failed: 'Could not read who is to be told',
}

export function useTellText() {
  const t = useText()
  return computed<Words>(() => (t.value.language.code === 'en' ? zh : en))
}
