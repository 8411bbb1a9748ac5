import { computed } from 'vue'
import { sends as en } from './sends.en.ts'
import { sends as zh } from './sends.zh.ts'
import { useText } from './index.ts'

/** Words of the sends and of one of them. */
export function useSendsText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
