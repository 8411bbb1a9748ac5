import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { Show } from '../api.ts'
import { useAddressFilter } from './use-address-filter.ts'

export type SendFilter = { show: Show; query: string }

export const shows: readonly Show[] = ['all', 'sent', 'unknown', 'refused']
export const longestQuery = 60

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readFilter(query: LocationQuery): SendFilter {
  const { show, q } = query
  return {
    show: shows.find((known) => known === show) ?? 'all',
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
}

/** The address of a filter, as short as it can be; what else stood in the address stays. */
export function writeFilter(before: LocationQuery, { show, query }: SendFilter): LocationQueryRaw {
  return { ...before, show: show === 'all' ? undefined : show, q: query.trim() || undefined }
}

export const useSendFilter = () => useAddressFilter({ read: readFilter, write: writeFilter })
