import { computed } from 'vue'
import { useText } from './index.ts'
import { requests as en } from './requests.en.ts'
import { requests as zh } from './requests.zh.ts'

/** Words of a page that is loaded when somebody opens it, in the language now shown. */
export function useRequestsText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
