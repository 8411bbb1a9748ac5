import { consentEndpoints } from '@vouch/contract'
import { type Ref, ref } from 'vue'
import { call } from '../api.ts'
import { useConsentText } from '../text/consents.ts'
import { day } from '../text/format.ts'
import { useText } from '../text/index.ts'
import { useAsking } from './use-asking.ts'
import type { ConsentFilter } from './use-consent-filter.ts'

/** Saves what the list shows as a table. Names are asked for in the body of a request, not in an address. */
export function useConsentExport(filter: Ref<ConsentFilter>) {
  const t = useText()
  const c = useConsentText()
  const said = ref('')
  const { busy, fault, asking } = useAsking()

  async function take(): Promise<void> {
    said.value = ''
    const language = t.value.language.code === 'en' ? ('zh' as const) : ('en' as const)
    const table = await asking(() => call(consentEndpoints.exportConsents, { ...filter.value, language }))
    if (!table) return
    const href = URL.createObjectURL(new Blob([table.csv], { type: 'text/csv;charset=utf-8' }))
    Object.assign(document.createElement('a'), { href, download: `vouch-consents-${day(new Date())}.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(href), 60_000)
    said.value = c.value.list.exported(table.rows, table.cut)
  }

  return { busy, said, fault, take }
}
