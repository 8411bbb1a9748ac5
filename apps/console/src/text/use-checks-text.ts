import { computed } from 'vue'
import { checksText as en } from './checks.en.ts'
import { checksText as zh } from './checks.zh.ts'
import { useText } from './index.ts'

/** Words of the system check, loaded with it. */
export function useChecksText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
