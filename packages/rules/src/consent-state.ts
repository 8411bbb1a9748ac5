import { startOfShanghaiDay } from './shanghai-time.ts'
import type { ConsentState } from './consent-types.ts'
import type { Consent, ConsentFacts, ConsentPurpose, Policy } from './types.ts'

/** The statement that holds for a purpose: the newest, and of two in the same instant the stricter. */
export function newestStatement(statements: readonly Consent[], purpose: ConsentPurpose): Consent | null {
  return statements
    .filter((statement) => statement.purpose === purpose)
    .reduce<Consent | null>((held, next) => (held && !outweighs(next, held) ? held : next), null)
}

/** When a yes runs out: the Shanghai midnight so many days later. Null when consents do not expire. */
export function consentExpiry(consent: Consent, policy: Policy): Date | null {
  return policy.consentDays === null ? null : startOfShanghaiDay(consent.statedAt, policy.consentDays)
}

/** From when someone who said no may be asked again: the Shanghai midnight so many days later. */
export function askAgainAt(refused: Consent, policy: Policy): Date {
  return startOfShanghaiDay(refused.statedAt, policy.askAgainDays)
}

/** Where an HCP stands on a purpose. `opted_in` is exactly when the consent checks of the gate pass. */
export function consentState(
  facts: ConsentFacts,
  policy: Policy,
  now: Date,
  purpose: ConsentPurpose = 'receive',
): ConsentState {
  const newest = newestStatement(facts.statements, purpose)
  const invitedAt = facts.invitedAt && (!newest || facts.invitedAt > newest.statedAt) ? facts.invitedAt : null
  if (!newest) return { state: invitedAt ? 'invited' : 'never', since: invitedAt, until: null, invitedAt }

  const since = newest.statedAt
  if (newest.statement === 'declined') {
    return { state: 'declined', since, until: askAgainAt(newest, policy), invitedAt }
  }
  if (newest.statement === 'opted_out') {
    return { state: 'withdrawn', since, until: askAgainAt(newest, policy), invitedAt }
  }
  if (newest.textVersion < facts.oldestValidVersion) return { state: 'outdated', since, until: null, invitedAt }

  const expiry = consentExpiry(newest, policy)
  if (expiry && expiry <= now) return { state: 'expired', since: expiry, until: null, invitedAt }
  return { state: 'opted_in', since, until: expiry, invitedAt }
}

function outweighs(next: Consent, held: Consent): boolean {
  const later = next.statedAt.getTime() - held.statedAt.getTime()
  if (later !== 0) return later > 0
  if (held.statement !== 'opted_in') return false
  return next.statement !== 'opted_in' || next.textVersion < held.textVersion
}
