import { computed } from 'vue'
import { accounts as en } from './accounts.en.ts'
import { accounts as zh } from './accounts.zh.ts'
import { useText } from './index.ts'

/** Words of the pages about doctors, loaded with them. */
export function useAccountsText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
