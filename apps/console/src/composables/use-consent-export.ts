import { consentEndpoints } from '@vouch/contract'
import type { Ref } from 'vue'
import { call } from '../api.ts'
import { useConsentText } from '../text/consents.ts'
import type { ConsentFilter } from './use-consent-filter.ts'
import { useTableExport } from './use-table-export.ts'

/** Saves what the list of consents shows. */
export function useConsentExport(filter: Ref<ConsentFilter>) {
  const c = useConsentText()
  return useTableExport({
    name: 'vouch-consents',
    ask: (language) => call(consentEndpoints.exportConsents, { ...filter.value, language }),
    words: () => c.value.list,
  })
}
