import type { Consent } from './types.ts'

export const captureChannels = ['link', 'qr', 'own_page', 'paper', 'import', 'rep_request', 'company'] as const
/**
 * How a statement reached us: answered on our pages, brought in afterwards with evidence, or passed on by a rep or by the
 * company because the HCP asked for it. What is passed on can only be a no.
 */
export type CaptureChannel = (typeof captureChannels)[number]

/** One statement about one purpose, as captured. There is no field for a second purpose: purposes are never bundled. */
export type CapturedStatement = Consent & {
  channel: CaptureChannel
  /** The person who states it is known to be this HCP. */
  recognised: boolean
  /** A scan or file of the statement is attached. Asked for on paper and import. */
  evidence: boolean
  /** Someone other than the person who entered it has confirmed it. Asked for on paper and import. */
  confirmed: boolean
}

export type ConsentCaptureFacts = {
  captured: CapturedStatement
  /** The version answered is a text of this very purpose: versions of all purposes are one sequence. */
  ofThisPurpose: boolean
  /** Text version in force now for this purpose; 0 when it has none. */
  textVersion: number
}

/** Every reason a captured statement may not be recorded. Only a yes is ever refused. */
export const consentRefusalReasons = [
  'channel_not_allowed',
  'text_not_active',
  'stated_in_future',
  'hcp_not_recognised',
  'evidence_missing',
  'not_confirmed',
] as const
export type ConsentRefusalReason = (typeof consentRefusalReasons)[number]

export type ConsentRefusal = {
  reason: ConsentRefusalReason
  /** For `text_not_active`: the version answered and the version in force. */
  count?: number
  limit?: number
}

export type ConsentDecision = { accepted: true } | { accepted: false; refusals: ConsentRefusal[] }

export const consentStateNames = [
  'never',
  'invited',
  'opted_in',
  'declined',
  'withdrawn',
  'outdated',
  'expired',
] as const
export type ConsentStateName = (typeof consentStateNames)[number]

/** Where an HCP stands on one purpose, for pages. */
export type ConsentState = {
  state: ConsentStateName
  /** Since when: the invitation, the statement, or the moment the consent ran out. Null for `never`. */
  since: Date | null
  /** `opted_in`: when it runs out, if it does. `declined`, `withdrawn`: from when the HCP may be asked again. */
  until: Date | null
  /** An invitation that is still unanswered. */
  invitedAt: Date | null
}
