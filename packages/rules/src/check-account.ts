import type { Refusal, SendFacts } from './types.ts'

/** The contact is matched to an active account of a verified HCP in the rep's territory. */
export function checkAccount({ account, rep, contact }: Pick<SendFacts, 'account' | 'rep' | 'contact'>): Refusal[] {
  if (!account) return [{ reason: contact.matchWaits ? 'match_not_reviewed' : 'account_not_matched' }]
  const refusals: Refusal[] = []
  if (!account.active) refusals.push({ reason: 'account_inactive' })
  if (!rep.territories.includes(account.territory)) {
    refusals.push({ reason: 'other_territory', about: account.territory })
  }
  if (!account.hcpVerified) refusals.push({ reason: 'hcp_not_verified' })
  return refusals
}
