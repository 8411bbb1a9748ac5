import type { Refusal, SendFacts } from './types.ts'

type FactsOfAccount = Pick<SendFacts, 'account' | 'rep' | 'contact' | 'content' | 'asked'>

/**
 * The contact is matched to an active account of a verified HCP in the rep's territory. Only the question in a welcome is
 * put before anybody could match whoever has just scanned; their answer waits for the match.
 */
export function checkAccount({ account, rep, contact, content, asked }: FactsOfAccount): Refusal[] {
  if (!account && asked.welcome && content.class === 'consent') return []
  if (!account) return [{ reason: contact.matchWaits ? 'match_not_reviewed' : 'account_not_matched' }]
  const refusals: Refusal[] = []
  if (!account.active) refusals.push({ reason: 'account_inactive' })
  if (!rep.territories.includes(account.territory)) {
    refusals.push({ reason: 'other_territory', about: account.territory })
  }
  if (!account.hcpVerified) refusals.push({ reason: 'hcp_not_verified' })
  return refusals
}
