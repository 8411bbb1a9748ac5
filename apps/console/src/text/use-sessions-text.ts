import { computed } from 'vue'
import { useText } from './index.ts'
import { sessions as en } from './sessions.en.ts'
import { sessions as zh } from './sessions.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export function useSessionsText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
