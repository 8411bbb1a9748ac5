import type { consentEndpoints, Input } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { useAddressFilter } from './use-address-filter.ts'
import { longestQuery } from './use-send-filter.ts'

export type ConsentFilter = Omit<Input<typeof consentEndpoints.listConsents>, 'cursor'>

export const consentShows = ['current', 'all'] as const
export const consentPurposes = ['receive', 'reading_record', 'archive'] as const
export const consentStandings = ['opted_in', 'outdated', 'expired', 'declined', 'withdrawn'] as const
export const consentChannels = ['link', 'qr', 'own_page', 'paper', 'import', 'rep_request', 'company'] as const

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readConsentFilter({ show, purpose, standing, channel, version, q }: LocationQuery): ConsentFilter {
  return {
    show: consentShows.find((known) => known === show) ?? 'current',
    purpose: consentPurposes.find((known) => known === purpose) ?? '',
    standing: consentStandings.find((known) => known === standing) ?? '',
    channel: consentChannels.find((known) => known === channel) ?? '',
    version: typeof version === 'string' && /^\d{1,6}$/.test(version) ? Number(version) : 0,
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
}

export function writeConsentFilter(before: LocationQuery, filter: ConsentFilter): LocationQueryRaw {
  const { show, purpose, standing, channel, version, query } = filter
  return {
    ...before,
    show: show === 'current' ? undefined : show,
    ...{ purpose: purpose || undefined, standing: standing || undefined, channel: channel || undefined },
    ...{ version: version ? String(version) : undefined, q: query.trim() || undefined },
  }
}

export const useConsentFilter = () => useAddressFilter({ read: readConsentFilter, write: writeConsentFilter })
