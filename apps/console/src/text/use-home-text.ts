import { computed } from 'vue'
import { home as en } from './home.en.ts'
import { home as zh } from './home.zh.ts'
import { useText } from './index.ts'

/** Words of the home page, loaded with it. */
export function useHomeText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
