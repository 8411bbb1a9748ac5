import { computed } from 'vue'
import { useText } from './index.ts'
import { safety as en } from './safety.en.ts'
import { safety as zh } from './safety.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export function useSafetyText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
