import type { ContentClass, ContentKind, ContentState, ReviewStep } from '@vouch/rules'
import type { Generated } from 'kysely'
import type { DefaultTruth } from './columns.ts'

export type ContentItemTable = {
  id: string
  documentId: string
  version: number
  kind: ContentKind
  class: ContentClass
  product: string
  market: string
  language: string
  audience: Generated<string>
  ways: string
  title: string
  shortTitle: Generated<string>
  searchText: Generated<string>
  /** How the title sounds: by it the office's list is ordered. Empty until a job has filled it. */
  titleSound: Generated<string>
  cardTitle: string
  cardDesc: string
  cardHash: string | null
  approvalNumber: Generated<string>
  state: ContentState
  effectiveAt: Date | null
  expiresAt: Date | null
  endedAt: Date | null
  withdrawnReason: string | null
  supersededBy: string | null
  fileHash: string | null
  approvedHash: string | null
  fileBytes: Generated<number>
  fileName: Generated<string>
  mime: Generated<string>
  pageCount: Generated<number>
  seconds: Generated<number>
  body: string
  mayForward: DefaultTruth
  publishedAt: Date
  /** Until when reps see it in their list: far away while approved, 30 days after a withdrawal, past for drafts. */
  listedUntil: Date
  createdAt: Date
  /** The author; null for a version that came from the vault. */
  ownerId: string | null
  source: Generated<'own' | 'vault'>
  /** Counts the savings of a draft; one with an older number is refused. */
  revision: Generated<number>
  /** One a line, as are tags. */
  aliases: Generated<string>
  tags: Generated<string>
  /** Separated by commas, as are territories and rep groups; empty means all. */
  hospitalGrades: Generated<string>
  territories: Generated<string>
  repGroups: Generated<string>
  /** What its class asked for when it was submitted, separated by commas. */
  steps: Generated<string>
  submittedAt: Date | null
  approvedAt: Date | null
  /** Of the page texts as corrected. */
  textHash: string | null
  /** Of the statement in force, see content/statement.ts; null until the last signature. */
  signedHash: string | null
  /** Of a video, as content/captions writes them; their language is empty without them. */
  captions: string | null
  captionsLanguage: Generated<string>
  /** Ended before its date, which stays what was signed. */
  expiredAt: Date | null
  supersededAt: Date | null
  returnedReason: string | null
  /** Links of earlier versions may show this one. */
  replacesLinks: DefaultTruth
  changeNote: Generated<string>
  /** Why a version from the vault is in quarantine. */
  heldReason: string | null
  /** Of its author, who asked for it: once, however often it arrives. */
  requestId: string | null
}

export type ContentPageTable = {
  contentItemId: string
  number: number
  width: number
  height: number
  placeholder: string
  text: string
  /** Of its document's outline, see content/renditions/read-outline.ts. */
  headings: Generated<string>
  correctedBy: string | null
  correctedAt: Date | null
}

export type ContentApprovalTable = {
  contentItemId: string
  step: string
  personId: string
  meaning: string
  signedHash: string
  signedAt: Date
  signingId: string | null
  /** As it was then; who signed in the vault is no person of ours. */
  personName: Generated<string>
  provedBy: Generated<'' | 'wecom_login' | 'vault' | 'demo'>
  /** Set by a signature that extends. */
  renewsUntil: Date | null
  /** Exactly what was signed; its SHA-256 is `signedHash`. */
  statement: string | null
}

export type ContentWriterTable = {
  contentItemId: string
  personId: string
  firstAt: Date
}

export type ScriptPieceTable = {
  contentItemId: string
  position: number
  documentId: string
}

export type SigningTable = {
  id: string
  personId: string
  contentItemId: string
  step: ReviewStep
  decision: 'approve' | 'return' | 'withdraw' | 'renew'
  meaning: string
  reason: Generated<string>
  statementHash: string
  sessionHash: string
  begunAt: Date
  endsAt: Date
  spentAt: Date | null
  outcome: 'signed' | 'returned' | 'renewed' | 'refused' | null
  /** Why it was refused, separated by commas; what each is about follows a colon. */
  reasons: Generated<string>
  requestId: string
  /** The last day that a renewal asks for. */
  renewsUntil: Date | null
}

/** A round of reviews somebody is called to; `renewsUntil` is the day it asks for, or the beginning of time. */
export type ReviewCallTable = {
  contentItemId: string
  personId: string
  renewsUntil: Date
  askedAt: Date
  /** Told, or there was nothing left to tell. */
  settledAt: Date | null
}

export type ExpiryWarningTable = {
  contentItemId: string
  expiresAt: Date
  days: number
  toldAt: Date
}

export type RecallReaderTable = {
  contentItemId: string
  accountId: string
  repId: string
  noticeItemId: string | null
  askedBy: string
  askedAt: Date
}

export type FavouriteTable = {
  repId: string
  documentId: string
  createdAt: Date
}

export type ContentUseTable = {
  specialty: string
  documentId: string
  sends: number
}

export type ContentAskTable = {
  accountId: string
  documentId: string
  repId: string
  askedAt: Date
}
