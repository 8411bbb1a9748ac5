import { reachesAccount } from './reach.ts'
import type { AccountFacts, ConsentStatement, ContentClass, ContentFacts, ContentState } from './types.ts'

export type LinkState = 'live' | 'revoked' | 'expired' | 'withdrawn' | 'superseded' | 'not_consented'

/** What the state of a link is decided from; `receive` is the HCP's newest word on receiving, null when there is none. */
export type LinkFacts = {
  class: ContentClass
  state: ContentState
  expiresAt: Date | null
  /** The withdrawal, the end before its date, and the moment a newer version took over. */
  endedAt: Date | null
  expiredAt: Date | null
  supersededAt: Date | null
  fileHash: string | null
  approvedHash: string | null
  /** Its words are the ones that were signed. */
  sealed: boolean
  revokedAt: Date | null
  receive: ConsentStatement | null
  receiveStatedAt: Date | null
  /** False when the addressee is no longer a verified HCP; null when no account is known. */
  hcpVerified: boolean | null
}

/**
 * What the link of a send does now, decided anew on every request. The HCP's own will comes first, then the company's
 * withdrawal, then the rep's; whatever is not plainly in force counts as withdrawn. A consent that ran out or whose text
 * has a newer version stops new sends, not the reading of what was lawfully sent; only a no does.
 */
export function linkState(facts: LinkFacts, now: Date): LinkState {
  if (facts.class !== 'consent' && facts.receive !== 'opted_in') return 'not_consented'
  if (facts.state === 'withdrawn') return 'withdrawn'
  if (facts.revokedAt || facts.hcpVerified === false) return 'revoked'
  if (facts.state === 'superseded') return 'superseded'
  const expiresAt = lastDay(facts)
  if (facts.state === 'expired' || (expiresAt && expiresAt <= now)) return 'expired'
  const changed = facts.fileHash !== facts.approvedHash || !facts.sealed
  if (facts.state !== 'approved' || changed) return 'withdrawn'
  return 'live'
}

/** Since when a link has been in a state other than live, as far as it is known. */
export function endedSince(facts: LinkFacts, state: LinkState): Date | null {
  if (state === 'not_consented') return facts.receiveStatedAt
  if (state === 'revoked') return facts.revokedAt
  if (state === 'expired') return lastDay(facts)
  if (state === 'superseded') return facts.supersededAt
  return state === 'live' ? null : facts.endedAt
}

/** When it ends: on the day that was signed, or before it when somebody decided so. */
export function lastDay({ expiresAt, expiredAt }: { expiresAt: Date | null; expiredAt: Date | null }): Date | null {
  return expiredAt && (!expiresAt || expiredAt < expiresAt) ? expiredAt : expiresAt
}

/** The version after the one that was sent, as far as it may be shown at the older link. */
export type NextVersion = Pick<ContentFacts, 'audience' | 'hospitalGrades' | 'territories' | 'effectiveAt'> & {
  /** Its owner lets it stand at links of earlier versions. */
  replacesLinks: boolean
  held: boolean
}

/**
 * Whether the link of a superseded version stands for the next one from now on: for its pages while it is in force, and
 * for its end. It was never sent to this HCP, so it must be meant for them as the gate would ask.
 */
export function isReplaced(
  link: LinkFacts,
  next: NextVersion,
  account: Pick<AccountFacts, 'specialty' | 'hospitalGrade' | 'territory'>,
  now: Date,
): boolean {
  if (linkState(link, now) !== 'superseded') return false
  const began = next.effectiveAt === null || next.effectiveAt <= now
  return next.replacesLinks && !next.held && began && reachesAccount(next, account)
}
