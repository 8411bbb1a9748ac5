import { computed } from 'vue'
import { useText } from './index.ts'
import { matching as en } from './matching.en.ts'
import { matching as zh } from './matching.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export function useMatchingText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
