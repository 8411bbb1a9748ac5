import { computed } from 'vue'
import { useText } from './index.ts'
import { local as en } from './local.en.ts'
import { local as zh } from './local.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export function useLocalText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
