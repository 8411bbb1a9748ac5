import { computed } from 'vue'
import { contactCodes as en } from './contact-codes.en.ts'
import { contactCodes as zh } from './contact-codes.zh.ts'
import { useText } from './index.ts'

/** Words about contact codes and the welcome, loaded with their pages. */
export function useContactCodesText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
