import { roleNames, type Input, type peopleEndpoints } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { useAddressFilter } from './use-address-filter.ts'
import { longestQuery } from './use-send-filter.ts'

export type PeopleFilter = Omit<Input<typeof peopleEndpoints.listPeople>, 'cursor'>
export const peopleShows = ['active', 'left', 'all'] as const
export const roleChoices = ['', 'none', ...roleNames] as const

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readPeopleFilter({ show, role, waiting, q }: LocationQuery): PeopleFilter {
  return {
    show: peopleShows.find((known) => known === show) ?? 'active',
    role: roleChoices.find((known) => known === role) ?? '',
    waiting: waiting === 'yes' ? 'yes' : '',
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
}

export function writePeopleFilter(before: LocationQuery, filter: PeopleFilter): LocationQueryRaw {
  const { show, role, waiting, query } = filter
  return {
    ...before,
    show: show === 'active' ? undefined : show,
    ...{ role: role || undefined, waiting: waiting || undefined, q: query.trim() || undefined },
  }
}

export const usePeopleFilter = () => useAddressFilter({ read: readPeopleFilter, write: writePeopleFilter })
