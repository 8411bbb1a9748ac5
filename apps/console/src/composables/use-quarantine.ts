import { quarantineWords, type QuarantineReason } from '@vouch/contract'
import type { Ref } from 'vue'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { call, endpoints, type QuarantineShow } from '../api.ts'
import { useAddressFilter } from './use-address-filter.ts'
import { usePaged } from './use-paged.ts'

/** `query` is the number a document has in the vault; empty for all. */
export type QuarantineFilter = { show: QuarantineShow; reason: QuarantineReason | ''; query: string }

export const quarantineShows = ['all', 'person', 'vault', 'released', 'braked'] as const satisfies QuarantineShow[]
/** What only the brake holds is a list of its own. */
export const shownReasons = quarantineWords.filter((reason) => reason !== 'braked')
const longestNumber = 15

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readQuarantineFilter({ show, reason, q }: LocationQuery): QuarantineFilter {
  return {
    show: quarantineShows.find((known) => known === show) ?? 'all',
    reason: shownReasons.find((known) => known === reason) ?? '',
    query: typeof q === 'string' ? q.replace(/\D/g, '').slice(0, longestNumber) : '',
  }
}

export function writeQuarantineFilter(before: LocationQuery, filter: QuarantineFilter): LocationQueryRaw {
  const { show, reason, query } = filter
  const number = query.replace(/\D/g, '')
  return { ...before, show: show === 'all' ? undefined : show, reason: reason || undefined, q: number || undefined }
}

export const useQuarantineFilter = () => useAddressFilter({ read: readQuarantineFilter, write: writeQuarantineFilter })

/** Versions that were put aside, under a filter, page after page. */
export function useQuarantine(filter: Ref<QuarantineFilter>) {
  return usePaged({
    key: () => JSON.stringify(filter.value),
    ask(cursor, signal) {
      const { show, reason, query } = filter.value
      const asked = { show, reason: show === 'braked' ? '' : reason, vaultId: query === '' ? null : Number(query) }
      return call(endpoints.listQuarantine, { ...asked, cursor }, { signal })
    },
  })
}
