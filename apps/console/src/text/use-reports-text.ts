import { computed } from 'vue'
import { useText } from './index.ts'
import { reports as en } from './reports.en.ts'
import { reports as zh } from './reports.zh.ts'

/** Words of the reports, loaded with them. */
export function useReportsText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
