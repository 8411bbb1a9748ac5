import type { ConsentPurpose, ConsentStatement } from '@vouch/rules'
import type { Generated } from 'kysely'
import type { Truth } from './columns.ts'

export type ConsentTextTable = {
  version: number
  language: string
  purpose: Generated<ConsentPurpose>
  title: string
  /** What is seen on one screen, one a line. */
  summary: Generated<string>
  body: string
  hash: string
  material: Truth
  activeFrom: Date
}

/** How a text came to be; its words in force are rows of `consentText`. */
export type ConsentTextVersionTable = {
  version: number
  purpose: ConsentPurpose
  life: 'draft' | 'in_review' | 'approved' | 'dropped'
  material: Truth
  changeNote: Generated<string>
  /** Counts the savings of a draft; one with an older number is refused. */
  revision: Generated<number>
  authorId: string | null
  createdAt: Date
  submittedBy: string | null
  submittedAt: Date | null
  returnedReason: string | null
  approvedBy: string | null
  approvedAt: Date | null
  signedHash: string | null
  /** Exactly what was signed; its SHA-256 is `signedHash`. */
  statement: string | null
  activeFrom: Date | null
  requestId: string | null
}

/** The words of a draft, in each language; what is approved is copied to `consentText` for good. */
export type ConsentWordingTable = {
  version: number
  language: string
  title: string
  summary: string
  body: string
}

export type ConsentTextSigningTable = {
  id: string
  personId: string
  version: number
  decision: 'approve' | 'return'
  meaning: string
  reason: Generated<string>
  /** From when the text is to be in force; null means at once. */
  activeFrom: Date | null
  statementHash: string
  sessionHash: string
  begunAt: Date
  endsAt: Date
  spentAt: Date | null
  outcome: 'signed' | 'returned' | 'refused' | null
  /** Why it was refused, separated by commas; what each is about follows a colon. */
  reasons: Generated<string>
  requestId: string
}

export type ConsentTable = {
  id: string
  accountId: string
  purpose: ConsentPurpose
  statement: ConsentStatement
  textVersion: number
  textHash: string
  language: string
  channel: string
  identity: string
  evidence: Generated<string>
  statedAt: Date
  recordedAt: Date
  requestId: string | null
}

export type ConsentAnswerTable = {
  requestId: string
  accountId: string
  bodyHash: string
  answer: string
  answeredAt: Date
}

export type ConsentPurposeTable = {
  purpose: ConsentPurpose
  /** The version that is being written or reviewed: one at a time. */
  openVersion: number | null
}

export type ConsentPaperTable = {
  id: string
  accountId: string
  /** Separated by commas. */
  purposes: string
  language: string
  /** The day on the paper, from its Shanghai midnight on. */
  signedAt: Date
  fileHash: string
  fileName: string
  mime: string
  note: Generated<string>
  stage: 'waiting' | 'confirmed' | 'rejected'
  enteredBy: string
  enteredIn: Generated<'office' | 'chat'>
  enteredAt: Date
  settledBy: string | null
  settledAt: Date | null
  reason: Generated<string>
  requestId: string
}

/** An earlier consent that was brought in without evidence: a claim, never a yes. */
export type ConsentClaimTable = {
  accountId: string
  purpose: ConsentPurpose
  rowHash: string
  claimed: string
  statedAt: Date | null
  source: Generated<string>
  runId: string
  broughtInAt: Date
}

/** A list of earlier consents: looked at first, released by a second person, then written. */
export type ConsentImportTable = {
  id: string
  personId: string
  uploadId: string
  csvHash: string
  fileName: string
  stage: 'checking' | 'checked' | 'writing' | 'done' | 'failed'
  /** Why the list as a whole cannot be read. */
  problem: Generated<string>
  about: Generated<string>
  rowCount: number | null
  rowsDone: Generated<number>
  rowsNew: Generated<number>
  rowsUnchanged: Generated<number>
  rowsClaimed: Generated<number>
  rowsFailed: Generated<number>
  createdAt: Date
  releasedBy: string | null
  releasedAt: Date | null
  doneAt: Date | null
  requestId: string
}

export type ConsentImportRowTable = {
  runId: string
  stage: 'checking' | 'writing'
  number: number
  line: number
  outcome: 'new' | 'unchanged' | 'claimed' | 'failed'
  field: Generated<string>
  problem: Generated<string>
}
