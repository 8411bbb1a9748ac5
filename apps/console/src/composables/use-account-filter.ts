import type { accountEndpoints, Input } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { useAddressFilter } from './use-address-filter.ts'
import { longestQuery } from './use-send-filter.ts'

export type AccountFilter = Omit<Input<typeof accountEndpoints.listAccounts>, 'cursor'>

export const accountShows = ['active', 'inactive', 'merged', 'all'] as const
const yesNo = ['yes', 'no'] as const

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readAccountFilter({ show, verified, contact, territory, q }: LocationQuery): AccountFilter {
  return {
    show: accountShows.find((known) => known === show) ?? 'active',
    verified: yesNo.find((known) => known === verified) ?? '',
    contact: yesNo.find((known) => known === contact) ?? '',
    territory: typeof territory === 'string' ? territory.slice(0, 40) : '',
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
}

export function writeAccountFilter(before: LocationQuery, filter: AccountFilter): LocationQueryRaw {
  const { show, verified, contact, territory, query } = filter
  return {
    ...before,
    show: show === 'active' ? undefined : show,
    ...{ verified: verified || undefined, contact: contact || undefined, territory: territory || undefined },
    q: query.trim() || undefined,
  }
}

export const useAccountFilter = () => useAddressFilter({ read: readAccountFilter, write: writeAccountFilter })
