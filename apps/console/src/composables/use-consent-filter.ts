import { listOrders, type consentEndpoints, type Input } from '@vouch/contract'
import { addressOf, oneOf, useListFilter } from './use-list-filter.ts'

export type ConsentFilter = Omit<Input<typeof consentEndpoints.listConsents>, 'cursor'>

export const consentShows = ['current', 'all'] as const
export const consentPurposes = ['receive', 'reading_record', 'archive'] as const
export const consentStandings = ['opted_in', 'outdated', 'expired', 'declined', 'withdrawn'] as const
export const consentChannels = ['link', 'qr', 'own_page', 'paper', 'import', 'rep_request', 'company'] as const

const address = addressOf<ConsentFilter>(
  {
    ...{ show: oneOf(consentShows), purpose: oneOf(['', ...consentPurposes]) },
    ...{ standing: oneOf(['', ...consentStandings]), channel: oneOf(['', ...consentChannels]) },
    version: { plain: 0, read: (said) => (/^\d{1,6}$/.test(said) ? Number(said) : undefined) },
  },
  listOrders.consents,
)
export const { read: readConsentFilter, write: writeConsentFilter } = address

/** Where one stands is asked of the newest statements alone, so another show lets it go. */
export function useConsentFilter() {
  const { to, ...used } = useListFilter(address)
  return {
    ...used,
    to: (change: Partial<ConsentFilter>) => to('show' in change ? { standing: '', ...change } : change),
  }
}
