import { decideSend } from './decide-send.ts'
import type { Consent, ContentClass, PastSend, Policy, RefusalReason, SendFacts, Wishes } from './types.ts'

/** Settings behind every reason that the policy gives. A reason that is not here never changes with it. */
const governing = {
  employment_proof_stale: ['employmentProofMinutes'],
  contact_proof_stale: ['contactProofHours'],
  consent_expired: ['consentDays'],
  content_proof_stale: ['vaultProofMinutes'],
  wrong_market: ['market'],
  cap_reached: ['sendsPerMonth'],
  hcp_cap_reached: ['sendsPerMonth'],
  quiet_hours: ['quietFrom', 'quietUntil'],
  sent_recently: ['sameItemDays'],
  invitation_off: ['disclaimerMode'],
  asked_again_too_soon: ['askAgainDays', 'disclaimerMode'],
} as const satisfies Partial<Record<RefusalReason, readonly (keyof Policy)[]>>
type PolicyReason = keyof typeof governing
const policyReasons = Object.keys(governing) as PolicyReason[] // its own keys

/** Reasons that also depend on what was sent before. */
const fromPast: readonly PolicyReason[] = ['cap_reached', 'hcp_cap_reached', 'sent_recently', 'asked_again_too_soon']

/** What the record of one decision holds of the facts the policy is held against; undefined is what was not kept. */
export type KeptDecision = {
  decidedAt: Date
  reasons: readonly RefusalReason[]
  /** The version it was decided under. */
  policy: Policy
  employmentProvedAt: Date | null | undefined
  contactProvedAt: Date | null | undefined
  /** Null: the contact was matched to nobody. */
  account: { wishes: Wishes | undefined } | null
  /** The newest word on receiving. */
  newestConsent: Consent | null | undefined
  invitedAt: Date | null
  content: {
    documentId: string
    class: ContentClass
    market: string
    source: 'own' | 'vault'
    provedAt: Date | null | undefined
  }
  again: boolean
  welcome: boolean
  /** Earlier sends as they stood then; `pastKnown` says whether these are known to be all. */
  pastSends: readonly PastSend[]
  pastKnown: boolean
}

export type Replay = { known: true; reasons: RefusalReason[] } | { known: false; about: PolicyReason[] }

/**
 * What `decideSend` would have said under another policy, and after other earlier sends when the policy would have changed
 * those. Only reasons that can have changed are decided anew, and only when deciding them under the policy of that day
 * gives what was decided that day; else the record does not hold enough and it is not known.
 */
export function replaySend(kept: KeptDecision, policy: Policy, pastSends = kept.pastSends): Replay {
  const otherPast = !sameSends(pastSends, kept.pastSends)
  const touched = policyReasons.filter(
    (reason) =>
      governing[reason].some((setting) => policy[setting] !== kept.policy[setting]) ||
      (otherPast && fromPast.includes(reason)),
  )
  const then = reasonsUnder(kept, kept.policy, kept.pastSends)
  const about = touched.filter(
    (reason) => !isKept(kept, reason) || then.includes(reason) !== kept.reasons.includes(reason),
  )
  if (about.length > 0) return { known: false, about }

  const untouched = kept.reasons.filter((reason) => !(touched as RefusalReason[]).includes(reason))
  const anew = reasonsUnder(kept, policy, pastSends).filter((reason) => (touched as RefusalReason[]).includes(reason))
  return { known: true, reasons: [...untouched, ...anew] }
}

/** Everything this reason is decided on was kept. */
function isKept(kept: KeptDecision, reason: PolicyReason): boolean {
  const { account, content } = kept
  if (reason === 'employment_proof_stale') return kept.employmentProvedAt !== undefined
  if (reason === 'contact_proof_stale') return kept.contactProvedAt !== undefined
  if (reason === 'content_proof_stale') return content.source === 'own' || content.provedAt !== undefined
  if (reason === 'consent_expired') return kept.newestConsent !== undefined || content.class === 'consent'
  if (reason === 'hcp_cap_reached' && account && !account.wishes) return false
  if (reason === 'asked_again_too_soon' && content.class === 'consent' && kept.newestConsent === undefined) return false
  return !fromPast.includes(reason) || kept.pastKnown || !account
}

function reasonsUnder(kept: KeptDecision, policy: Policy, pastSends: readonly PastSend[]): RefusalReason[] {
  const decision = decideSend(asFacts(kept, policy, pastSends), kept.decidedAt)
  return decision.allowed ? [] : decision.refusals.map((refusal) => refusal.reason)
}

/** What no setting is held against stands here as it must not matter. */
function asFacts(kept: KeptDecision, policy: Policy, pastSends: readonly PastSend[]): SendFacts {
  const { decidedAt, account, content, newestConsent, again, welcome } = kept
  return {
    rep: {
      ...{ active: true, filingNumber: '-', filedUntil: null, products: [], territories: [], groups: [] },
      employmentProvedAt: kept.employmentProvedAt ?? null,
    },
    contact: { followed: true, provedAt: kept.contactProvedAt ?? null, group: false, matchWaits: false },
    account: account && {
      ...{ active: true, hcpVerified: true, territory: '', specialty: '', hospitalGrade: '', pausedUntil: null },
      wishes: account.wishes ?? { unwanted: [], mostPerMonth: null, quietHours: null },
    },
    consent: {
      statements: newestConsent ? [newestConsent] : [],
      ...{ textVersion: 0, oldestValidVersion: 0, invitedAt: kept.invitedAt },
    },
    content: {
      ...{ contentItemId: '', state: 'approved', bytesMatch: true, product: '', audience: [], hospitalGrades: [] },
      ...{ territories: [], repGroups: [], held: false, effectiveAt: decidedAt, expiresAt: null, withdrawnAt: null },
      ...{ supersededBy: null, kinds: ['text'], fileBytes: 0, cardTitle: '', cardDesc: '' },
      ...{ documentId: content.documentId, class: content.class, market: content.market, source: content.source },
      provedAt: content.provedAt ?? null,
    },
    ...{ pastSends, policy },
    asked: { kind: 'text', again, mediaReady: true, welcome },
  }
}

function sameSends(some: readonly PastSend[], others: readonly PastSend[]): boolean {
  if (some === others) return true
  const known = new Set(others.map((send) => send.sendId))
  return some.length === others.length && some.every((send) => known.has(send.sendId))
}
