import { askAgainAt, consentExpiry, newestStatement } from './consent-state.ts'
import { countingSends } from './count-towards-cap.ts'
import { startOfShanghaiDay } from './shanghai-time.ts'
import type { Refusal, SendFacts } from './types.ts'

type FactsOfConsent = Pick<SendFacts, 'account' | 'content' | 'consent' | 'policy'>

/** The HCP's newest word on receiving is a yes to a text that still counts. The invitation has its own rule below. */
export function checkConsent({ account, content, consent, policy }: FactsOfConsent, now: Date): Refusal[] {
  if (!account || content.class === 'consent') return []
  const newest = newestStatement(consent.statements, 'receive')
  if (!newest) return [{ reason: 'not_opted_in' }]
  if (newest.statement !== 'opted_in') return [{ reason: 'opted_out', since: newest.statedAt }]

  const refusals: Refusal[] = []
  if (newest.textVersion < consent.oldestValidVersion) refusals.push({ reason: 'consent_outdated' })
  const expiry = consentExpiry(newest, policy)
  if (expiry && expiry <= now) refusals.push({ reason: 'consent_expired', since: expiry })
  return refusals
}

/**
 * Where the company asks nothing itself, no invitation goes out, and in the welcome only where it asks whoever is added.
 * Otherwise an invitation waits after a no as long as the policy says, and while unanswered until the next Shanghai day.
 */
export function checkInvitation(facts: FactsOfConsent & Pick<SendFacts, 'pastSends' | 'asked'>, now: Date): Refusal[] {
  if (facts.content.class !== 'consent') return []
  const { disclaimerMode } = facts.policy
  if (disclaimerMode === 0 || (facts.asked.welcome && disclaimerMode === 1)) return [{ reason: 'invitation_off' }]
  if (!facts.account) return []
  const newest = newestStatement(facts.consent.statements, 'receive')
  if (newest && newest.statement !== 'opted_in') {
    const until = askAgainAt(newest, facts.policy)
    if (now < until) return [{ reason: 'asked_again_too_soon', since: newest.statedAt, until }]
  }

  const invitedAt = lastInvitation(facts)
  if (!invitedAt || (newest && newest.statedAt >= invitedAt)) return []
  const until = startOfShanghaiDay(invitedAt, 1)
  return now < until ? [{ reason: 'asked_again_too_soon', since: invitedAt, until }] : []
}

/** The newest invitation that may have reached the HCP: one that was cancelled or failed can be repeated at once. */
function lastInvitation({ consent, pastSends }: Pick<SendFacts, 'consent' | 'pastSends'>): Date | null {
  const invitations = pastSends.filter((send) => send.class === 'consent')
  const times = countingSends(invitations).map((send) => send.authorisedAt.getTime())
  const remembered = consent.invitedAt?.getTime()
  if (remembered !== undefined && !invitations.some((send) => send.authorisedAt.getTime() === remembered)) {
    times.push(remembered)
  }
  return times.length === 0 ? null : new Date(Math.max(...times))
}
