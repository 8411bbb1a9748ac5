import type { Generated } from 'kysely'
import type { DefaultTruth, Truth } from './columns.ts'

export type AccountTable = {
  id: string
  name: string
  nameSearch: string
  title: string
  post: Generated<string>
  hospitalId: string
  department: string
  specialty: string
  territory: string
  hcpVerified: Truth
  licenceNumber: string | null
  active: Truth
  pausedUntil: Date | null
  createdAt: Date
  /** The company's own code of this doctor; what lists name them by. */
  externalId: string | null
  campus: Generated<string>
  /** How the name sounds, see contacts/accounts/name-sound.ts. */
  nameSound: Generated<string>
  /** Fields a person corrected, separated by commas: no list changes them. */
  corrected: Generated<string>
  verifiedSource: 'list' | 'licence_seen' | 'registry' | 'hospital_list' | 'other' | null
  verifiedAt: Date | null
  verifiedBy: string | null
  revision: Generated<number>
  /** The account that stands for this one since a merge; never one that was merged itself. */
  mergedInto: string | null
  /** Not compared with others since it last changed. */
  compareDue: DefaultTruth
}

export type AccountWishTable = {
  accountId: string
  /** Codes of products, separated by commas. */
  unwanted: Generated<string>
  mostPerMonth: number | null
  /** Minutes of a Shanghai day, as in the policy. */
  quietFrom: number | null
  quietUntil: number | null
  revision: number
  changedAt: Date
}

export type ExternalContactTable = {
  externalUserId: string
  nickname: string
  accountId: string | null
  matchedBy: string | null
  matchedAt: Date | null
  createdAt: Date
  /** The person across apps; WeCom tells it only of WeChat contacts of a bound subject. */
  unionId: string | null
  kind: Generated<'wechat' | 'wecom'>
  /** Since when names of theirs are not kept any more. */
  erasedAt: Date | null
  /** Where a member of another company works. */
  company: Generated<string>
  /** The match that waits for a second look; until then there is no account. */
  waitingMatchId: string | null
  matchChangedAt: Date | null
}

export type ContactFollowTable = {
  repId: string
  externalUserId: string
  remark: Generated<string>
  /** Where they work, as the rep noted it. */
  remarkCompany: Generated<string>
  following: Truth
  provedAt: Date | null
  endedAt: Date | null
  /** Since when the HCP added the rep and the rep has not confirmed; no relation to send in. */
  halfAt: Date | null
  /** As WeCom tells it. */
  beganAt: Date | null
  addWay: number | null
  /** Of the code that was scanned. */
  scanState: Generated<string>
  endReason: 'rep_deleted' | 'hcp_deleted' | 'handed_over' | 'rep_left' | 'not_listed' | null
}

export type CallbackEventTable = {
  digest: string
  event: string
  changeType: string
  userId: Generated<string>
  newUserId: Generated<string>
  externalUserId: Generated<string>
  occurredAt: Date
  receivedAt: Date
  settledAt: Date | null
  outcome: string | null
  attempts: Generated<number>
  runAt: Date
  /** `DELETE_BY_TRANSFER` when a hand-over ended the relation. */
  source: Generated<string>
  failReason: Generated<string>
  scanState: Generated<string>
  /** Good once, for 20 s after the event. */
  welcomeCode: Generated<string>
  /** The group chat or tag of an event that is about no relation. */
  about: Generated<string>
  /** When the welcome is looked at next; null where none is owed. */
  welcomeAt: Date | null
}

/** One reading of all relations from WeCom; `live` is 1 while it goes on, and its key allows one. */
export type ContactSyncRunTable = {
  id: string
  kind: 'first' | 'scheduled' | 'asked'
  stage: 'reading' | 'ending' | 'done' | 'stopped' | 'failed'
  live: 1 | null
  requestId: string | null
  askedBy: string | null
  reason: Generated<string>
  /** Whoever asked for it said that it may end many relations. */
  endMany: Truth
  startedAt: Date
  endedAt: Date | null
  owner: string | null
  ownedUntil: Date
  runAt: Date
  /** The last member that was read, in small letters; they are read in that order. */
  afterUser: Generated<string>
  /** The members now being read, separated by `|`; null between two groups. */
  users: string | null
  cursorValue: Generated<string>
  problem: string | null
  reps: Generated<number>
  repsRead: Generated<number>
  repsSkipped: Generated<number>
  /** Members who have contacts and are nobody we know. */
  strangers: Generated<number>
  seen: Generated<number>
  known: Generated<number>
  /** Relations we know and WeCom did not list. */
  missing: Generated<number>
  begun: Generated<number>
  changed: Generated<number>
  ended: Generated<number>
  /** Not listed, but there when asked about alone. */
  confirmed: Generated<number>
}

export type ContactSyncRepTable = {
  runId: string
  repId: string
  outcome: 'read' | 'unlicensed' | 'refused'
  missing: number
}

export type ContactRepairTable = {
  id: string
  runId: string
  at: Date
  what: 'begun' | 'whole' | 'ended' | 'remark' | 'nickname'
  why: Generated<string>
  repId: string
  externalUserId: string
  was: string
  isNow: string
}
