import type { ConsentPurpose, ConsentStatement } from '@vouch/rules'
import type { Generated } from 'kysely'
import type { DefaultTruth, Truth } from './columns.ts'

/** A code by which doctors add reps; its id is the `state` WeCom gives back with whoever scanned it. */
export type ContactCodeTable = {
  id: string
  requestId: string
  kind: 'rep' | 'event'
  /** The rep whose own code this is; there is one. */
  ownOf: string | null
  name: string
  language: 'zh-CN' | 'en-US'
  /** Said instead of the company's welcome. */
  wording: Generated<string>
  remark: Generated<string>
  /** Of the button in a mini program; null: a QR code. */
  style: number | null
  skipVerify: Truth
  temporary: Truth
  codeDays: number | null
  chatHours: number | null
  /** Days of the week, 1 is Monday, on which the code leads to its main reps; empty: on all. */
  days: Generated<string>
  /** Minutes of a Shanghai day; null: all day. */
  fromMinute: number | null
  untilMinute: number | null
  revision: number
  life: 'making' | 'live' | 'refused' | 'ending' | 'ended'
  /** Why it is not as it should be. */
  problem: Generated<ContactCodeProblem>
  errcode: number | null
  configId: string | null
  pictureHash: string | null
  /** What WeCom was told last. */
  toldRevision: number | null
  toldUsers: Generated<string>
  /** A creation was asked for then, and its answer never came. */
  askedAt: Date | null
  attempts: Generated<number>
  runAt: Date | null
  madeAt: Date | null
  checkedAt: Date | null
  endsAt: Date | null
  endedAt: Date | null
  createdBy: string
  createdAt: Date
}

export type ContactCodeProblem =
  | ''
  | 'nobody_left'
  | 'not_medical'
  | 'not_verified'
  | 'no_permission'
  | 'too_many'
  | 'lost'
  | 'refused'
  | 'unreachable'

export type ContactCodeRepTable = { codeId: string; repId: string; part: 'main' | 'backup'; place: number }

export type WelcomeTable = {
  codeHash: string
  digest: string
  repId: string | null
  externalUserId: string
  contactCodeId: string | null
  life: 'sending' | 'sent' | 'late' | 'already' | 'expired' | 'refused' | 'unknown' | 'no_rep'
  /** It carried the invitation to consent; `sendId` is that send, also when it was refused. */
  asksConsent: DefaultTruth
  /** Exactly what was said. */
  wording: Generated<string>
  sendId: string | null
  errcode: number | null
  attempts: Generated<number>
  triedAt: Date | null
  ownedUntil: Date
  occurredAt: Date
  beganAt: Date
  settledAt: Date | null
}

export type WelcomeTextTable = {
  version: number
  wordingZh: string
  wordingEn: string
  reason: string
  changedBy: string
  changedAt: Date
  /** Null for words of before it took two people. */
  approvedBy: string | null
}

/** Other words for the welcome: asked for by one person, decided by another. */
export type WelcomeChangeTable = {
  id: string
  requestId: string
  /** 1 while nobody has decided; the key on it lets one change be open. */
  openMark: number | null
  baseVersion: number
  wordingZh: string
  wordingEn: string
  reason: string
  proposedBy: string
  proposedAt: Date
  decision: 'approved' | 'declined' | 'taken_back' | null
  decidedBy: string | null
  decidedAt: Date | null
  answer: Generated<string>
  /** The version of the welcome it became. */
  version: number | null
}

/** What a contact stated before anybody matched them; of one answer the rows share `requestId`. */
export type ContactAnswerTable = {
  id: string
  externalUserId: string
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
  requestId: string
}
