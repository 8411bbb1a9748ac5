import { computed } from 'vue'
import { audit as en } from './audit.en.ts'
import { audit as zh } from './audit.zh.ts'
import { useText } from './index.ts'

/** Words of the audit trail, loaded with it. */
export function useAuditText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
