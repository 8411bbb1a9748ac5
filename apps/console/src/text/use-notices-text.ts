import { computed } from 'vue'
import { useText } from './index.ts'
import { notices as en } from './notices.en.ts'
import { notices as zh } from './notices.zh.ts'

/** Words of the page about app messages, loaded with it. */
export function useNoticesText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
