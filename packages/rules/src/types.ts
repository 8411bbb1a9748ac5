import type { MatchReview } from './match-contact.ts'

/** Facts a client or the server can record about a send (assurance.md 2.2). */
export const factKinds = ['A', 'H', 'K', 'C', 'F', 'T', 'O', 'M', 'N', 'V', 'R+', 'R-', 'X+', 'X-'] as const
export type FactKind = (typeof factKinds)[number]

/** What a set of facts amounts to (assurance.md 2.3). */
export const verdicts = [
  'NONE',
  'OFF_SYSTEM',
  'OPEN',
  'SENT_PROVEN',
  'SENT_RECALLED',
  'SENT_OPENED',
  'SENT_CLIENT',
  'SENT_DISPUTED',
  'SENT_ADJUDICATED',
  'NOT_SENT_ADJUDICATED',
  'NOT_SENT_PROVEN',
  'CANCELLED',
  'FAILED',
  'CONFLICT',
  'UNKNOWN',
  'UNKNOWN_ATTESTED_SENT',
  'UNKNOWN_ATTESTED_NOT',
] as const
export type Verdict = (typeof verdicts)[number]

export const messageKinds = ['news', 'file', 'image', 'video', 'text', 'miniprogram'] as const
export type MessageKind = (typeof messageKinds)[number]

/** `returned` ends a version that was sent back or taken back: its author goes on with a new one. */
export const contentStates = [
  'draft',
  'in_review',
  'returned',
  'approved',
  'expired',
  'withdrawn',
  'superseded',
] as const
export type ContentState = (typeof contentStates)[number]

export const contentClasses = ['promotional', 'scientific', 'non_promotional', 'consent'] as const
export type ContentClass = (typeof contentClasses)[number]

export const consentPurposes = ['receive', 'reading_record', 'archive'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]

export const consentStatements = ['opted_in', 'declined', 'opted_out'] as const
export type ConsentStatement = (typeof consentStatements)[number]

export type Refusal = {
  reason: RefusalReason
  /** The moment the reason began to hold, when it is known. */
  since?: Date
  /** The moment it stops to hold by itself, when it does. */
  until?: Date
  /** The thing that stands in the way or helps: a product, a content item, a limit. */
  about?: string
  count?: number
  limit?: number
}

/** Every reason a send may not happen, in the order of the gate (assurance.md 2.4 rule 1). */
export const refusalReasons = [
  'rep_inactive',
  'employment_proof_stale',
  'rep_not_entitled',
  'product_not_assigned',
  'rep_not_in_reach',
  'contact_not_yours',
  'contact_proof_stale',
  'group_chat',
  'account_not_matched',
  'match_not_reviewed',
  'account_inactive',
  'other_territory',
  'hcp_not_verified',
  'not_opted_in',
  'opted_out',
  'consent_outdated',
  'consent_expired',
  'content_not_approved',
  'content_withdrawn',
  'content_superseded',
  'content_not_effective',
  'content_expired',
  'content_changed',
  'content_held',
  'content_proof_stale',
  'wrong_market',
  'wrong_audience',
  'class_not_allowed',
  'kind_not_allowed',
  'file_too_large',
  'card_text_too_long',
  'media_not_ready',
  'hcp_paused',
  'topic_unwanted',
  'cap_reached',
  'hcp_cap_reached',
  'quiet_hours',
  'hcp_quiet_hours',
  'sent_recently',
  'invitation_off',
  'asked_again_too_soon',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

export type SendDecision = { allowed: true } | { allowed: false; refusals: Refusal[] }

export type DisclaimerMode = 0 | 1 | 2

/** Settings a second person approved; days and months are Shanghai's (design.md section 7). */
export type Policy = {
  version: number
  sendsPerMonth: number
  /** Minutes after midnight, Shanghai; from > until wraps over midnight, equal means no quiet hours. */
  quietFrom: number
  quietUntil: number
  sameItemDays: number
  askAgainDays: number
  ticketSeconds: number
  unknownAfterSeconds: number
  employmentProofMinutes: number
  contactProofHours: number
  /** Days a consent lasts; null means until withdrawn. */
  consentDays: number | null
  /**
   * What the company asks doctors itself: 0 nothing, so that paper and import alone bring a yes; 1 its own text once the
   * contact is matched to an account; 2 also when a contact is added, in the welcome message.
   */
  disclaimerMode: DisclaimerMode
  /** When a match of a contact to an account counts only after somebody of the office looked at it too. */
  matchReview: MatchReview
  /** A version from the vault that was proved longer ago is not sent; null means the age does not matter. */
  vaultProofMinutes: number | null
  market: string
}

export type RepFacts = {
  active: boolean
  /** When WeCom last confirmed that the rep is with the company. */
  employmentProvedAt: Date | null
  /** Filed with the authority as a medical representative, and until when. */
  filingNumber: string | null
  filedUntil: Date | null
  products: readonly string[]
  territories: readonly string[]
  groups: readonly string[]
}

export type ContactFacts = {
  /** The external contact is followed by this rep as far as we know. */
  followed: boolean
  provedAt: Date | null
  /** Where the sidebar was opened is a group chat. */
  group: boolean
  /** The rep said who it is, and somebody of the office is still to look at that. */
  matchWaits: boolean
}

export type AccountFacts = {
  active: boolean
  hcpVerified: boolean
  territory: string
  specialty: string
  hospitalGrade: string
  pausedUntil: Date | null
  wishes: Wishes
}

/** How an HCP wants to be sent less. Wishes only ever tighten what the policy allows (design.md section 7). */
export type Wishes = {
  /** Products nothing is wanted about. */
  unwanted: readonly string[]
  mostPerMonth: number | null
  /** Minutes after midnight, Shanghai, as in the policy; null where the HCP has none. */
  quietHours: { quietFrom: number; quietUntil: number } | null
}

/** One statement of the HCP's will about one purpose; the newest wins. */
export type Consent = {
  purpose: ConsentPurpose
  statement: ConsentStatement
  textVersion: number
  statedAt: Date
}

export type ConsentFacts = {
  statements: readonly Consent[]
  /** Text version in force now, and the lowest version whose consents still count. */
  textVersion: number
  oldestValidVersion: number
  /** When an invitation to consent was last authorised, by any rep. */
  invitedAt: Date | null
}

export type ContentFacts = {
  contentItemId: string
  documentId: string
  class: ContentClass
  state: ContentState
  /** Bytes stored hash to the approved hash, and words to the signed one where that is looked at. */
  bytesMatch: boolean
  product: string
  market: string
  /** Specialties the piece is meant for; empty means all. */
  audience: readonly string[]
  /** Grades of hospital, territories and groups of reps it is meant for; empty means all. */
  hospitalGrades: readonly string[]
  territories: readonly string[]
  repGroups: readonly string[]
  source: 'own' | 'vault'
  /** In quarantine: what came from the vault does not add up. */
  held: boolean
  /** When the vault last confirmed this version. */
  provedAt: Date | null
  effectiveAt: Date | null
  expiresAt: Date | null
  withdrawnAt: Date | null
  supersededBy: string | null
  /** How the piece may travel, as approved. */
  kinds: readonly MessageKind[]
  fileBytes: number
  cardTitle: string
  cardDesc: string
}

/** An earlier authorised send to the same account, by any rep. */
export type PastSend = {
  sendId: string
  repId: string
  externalUserId: string
  documentId: string
  class: ContentClass
  authorisedAt: Date
  facts: readonly FactKind[]
  /** Further deliveries the archive saw under the same send; each uses the cap as well (assurance.md 2.4 rule 7). */
  duplicateDeliveries?: number
}

export type SendFacts = {
  rep: RepFacts
  contact: ContactFacts
  account: AccountFacts | null
  consent: ConsentFacts
  content: ContentFacts
  /** All authorised sends to this account in the current Shanghai month and the same-item window. */
  pastSends: readonly PastSend[]
  policy: Policy
  asked: {
    kind: MessageKind
    /** The rep has seen "sent recently" and asks all the same. */
    again: boolean
    /** For media kinds: WeCom has the file and it stays valid long enough. */
    mediaReady: boolean
    /** It answers an HCP who has this very moment added the rep by themselves. */
    welcome?: boolean
  }
}
