import { computed } from 'vue'
import { useText } from './index.ts'
import { policy as en } from './policy.en.ts'
import { policy as zh } from './policy.zh.ts'

/** Words of the page about the rules, loaded with it. */
export function usePolicyText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
