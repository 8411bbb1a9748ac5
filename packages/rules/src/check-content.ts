import { accountMissed } from './reach.ts'
import { minutesAfter } from './shanghai-time.ts'
import { contentClasses } from './types.ts'
import type { ContentFacts, Refusal, SendFacts } from './types.ts'

/** The version is approved and in force at this instant, and its bytes are the ones that were approved. */
export function checkApproval(content: ContentFacts, now: Date): Refusal[] {
  const { state, effectiveAt, expiresAt, withdrawnAt, supersededBy } = content
  const refusals: Refusal[] = []
  if (!hasBeenApproved(content)) refusals.push({ reason: 'content_not_approved' })
  if (state === 'withdrawn' || (withdrawnAt && withdrawnAt <= now)) {
    refusals.push({ reason: 'content_withdrawn', ...(withdrawnAt && { since: withdrawnAt }) })
  }
  if (state === 'superseded') {
    refusals.push({ reason: 'content_superseded', ...(supersededBy !== null && { about: supersededBy }) })
  }
  if (effectiveAt && effectiveAt > now) refusals.push({ reason: 'content_not_effective', until: effectiveAt })

  const ranOut = expiresAt && expiresAt <= now
  if (ranOut) refusals.push({ reason: 'content_expired', since: expiresAt })
  if (!ranOut && state === 'expired') refusals.push({ reason: 'content_expired' })

  if (!content.bytesMatch) refusals.push({ reason: 'content_changed' })
  if (content.held) refusals.push({ reason: 'content_held' })
  return refusals
}

/** What came from the vault was confirmed there lately enough, where a policy says how lately. */
export function checkProof({ content, policy }: Pick<SendFacts, 'content' | 'policy'>, now: Date): Refusal[] {
  if (content.source !== 'vault' || policy.vaultProofMinutes === null) return []
  const provedUntil = content.provedAt && minutesAfter(content.provedAt, policy.vaultProofMinutes)
  if (!provedUntil) return [{ reason: 'content_proof_stale' }]
  return now > provedUntil ? [{ reason: 'content_proof_stale', since: provedUntil }] : []
}

/** The piece is meant for this market and this HCP: their specialty, hospital and territory. */
export function checkAudience({
  content,
  account,
  policy,
}: Pick<SendFacts, 'content' | 'account' | 'policy'>): Refusal[] {
  const refusals: Refusal[] = []
  if (content.market !== policy.market) refusals.push({ reason: 'wrong_market', about: content.market })
  const missed = account ? accountMissed(content, account) : undefined
  if (missed !== undefined) refusals.push({ reason: 'wrong_audience', about: missed })
  return refusals
}

/**
 * A class we have no rule for is not sent: a connector may bring one in. Every class we know may go to a verified HCP
 * and none to anybody else, which `hcp_not_verified` already says.
 */
export function checkClass(content: ContentFacts): Refusal[] {
  return contentClasses.includes(content.class) ? [] : [{ reason: 'class_not_allowed', about: content.class }]
}

/** Anything but the four states that follow an approval counts as not approved, a state we do not know too. */
function hasBeenApproved({ state }: ContentFacts): boolean {
  return state === 'approved' || state === 'expired' || state === 'withdrawn' || state === 'superseded'
}
