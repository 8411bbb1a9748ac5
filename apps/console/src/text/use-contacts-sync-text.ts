import { computed } from 'vue'
import { contactsSync as en } from './contacts-sync.en.ts'
import { contactsSync as zh } from './contacts-sync.zh.ts'
import { useText } from './index.ts'

/** Words of the page of contact syncs, loaded with it. */
export function useContactsSyncText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
