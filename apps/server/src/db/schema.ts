import type { ConsentPurpose, ConsentStatement, ContentClass, ContentState, FactKind, MessageKind } from '@vouch/rules'
import type { ColumnType, Generated } from 'kysely'

/** A column with a default: optional when a row is written. */
type Truth = ColumnType<number, number | boolean, number | boolean>
type Json = ColumnType<unknown, string, never>

export type PersonTable = {
  id: string
  wecomUserId: string
  wecomUserKey: string
  name: string
  nameEn: Generated<string>
  status: 'active' | 'left'
  employmentProvedAt: Date | null
  leftAt: Date | null
  filingNumber: string | null
  filedUntil: Date | null
  createdAt: Date
}

export type PersonRoleTable = {
  personId: string
  role: string
  until: Date | null
}

export type RepProductTable = {
  repId: string
  product: string
}

export type RepTerritoryTable = {
  repId: string
  territory: string
}

export type ProductTable = {
  code: string
  name: string
  nameEn: string
}

export type HospitalTable = {
  id: string
  name: string
  shortName: string
  nameEn: Generated<string>
  grade: Generated<string>
  city: Generated<string>
}

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
}

export type ExternalContactTable = {
  externalUserId: string
  nickname: string
  accountId: string | null
  matchedBy: string | null
  matchedAt: Date | null
  createdAt: Date
}

export type ContactFollowTable = {
  repId: string
  externalUserId: string
  remark: Generated<string>
  following: Truth
  provedAt: Date | null
  endedAt: Date | null
}

export type ContentItemTable = {
  id: string
  documentId: string
  version: number
  kind: 'document' | 'image' | 'video' | 'article' | 'phrase'
  class: ContentClass
  product: string
  market: string
  language: string
  audience: Generated<string>
  ways: string
  title: string
  shortTitle: Generated<string>
  searchText: Generated<string>
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
  mayForward: ColumnType<number, number | boolean | undefined, number | boolean>
  publishedAt: Date
  /** Until when reps see it in their list: far away while approved, 30 days after a withdrawal, past for drafts. */
  listedUntil: Date
  createdAt: Date
}

export type ContentPageTable = {
  contentItemId: string
  number: number
  width: number
  height: number
  placeholder: string
  text: string
}

export type ContentApprovalTable = {
  contentItemId: string
  step: string
  personId: string
  meaning: string
  signedHash: string
  signedAt: Date
}

export type ConsentTextTable = {
  version: number
  language: string
  title: string
  body: string
  hash: string
  material: Truth
  activeFrom: Date
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
}

export type PolicyTable = {
  version: number
  sendsPerMonth: number
  quietFrom: number
  quietUntil: number
  sameItemDays: number
  askAgainDays: number
  ticketSeconds: number
  unknownAfterSeconds: number
  employmentProofMinutes: number
  contactProofHours: number
  consentDays: number | null
  market: string
  signInEveryTime: ColumnType<number, number | boolean | undefined, number | boolean>
  reason: string
  changedBy: string | null
  approvedBy: string | null
  holdsFrom: Date
}

export type SendTable = {
  id: string
  requestId: string
  bodyHash: string
  repId: string
  externalUserId: string
  accountId: string | null
  contentItemId: string
  documentId: string
  class: ContentClass
  kind: MessageKind
  outcome: 'authorised' | 'refused'
  mediaId: string | null
  messageDigest: string | null
  policyVersion: number
  weighed: Json
  decidedAt: Date
}

export type FactTable = {
  sendId: string
  kind: FactKind
  factId: string
  author: string
  at: Date
  clientAt: Date | null
  late: ColumnType<number, number | boolean | undefined, number | boolean>
  code: Generated<string>
  seenExternalUserId: string | null
}

export type LinkRevocationTable = {
  sendId: string
  revokedBy: string
  revokedAt: Date
}

export type LinkVisitTable = {
  id: string
  sendId: string
  visitor: 'addressee' | 'rep' | 'other' | 'stranger' | 'snapshot' | 'unknown' | 'preview'
  visitedAt: Date
}

export type PageViewTable = {
  sendId: string
  page: number
  viewId: string
  visibleMs: number
  viewedAt: Date
}

export type ContentAskTable = {
  accountId: string
  documentId: string
  repId: string
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

export type MediaTable = {
  fileHash: string
  kind: 'file' | 'image' | 'video'
  mediaId: string | null
  uploadedAt: Date | null
  expiresAt: Date | null
  wantedAt: Date
  triedAt: Date | null
  attempts: Generated<number>
  problem: string | null
}

export type AuditEntryTable = {
  id: string
  at: Date
  actorKind: 'rep' | 'hcp' | 'admin' | 'system'
  actorId: string
  event: string
  subjectId: string
  accountId: string | null
  reason: string | null
  detail: Json
}

export type JobTable = {
  name: string
  owner: string | null
  ownedUntil: Date
  runAt: Date
  lastDoneAt: Date | null
  problem: string | null
  cursorValue: Generated<string>
}

export type SessionTable = {
  tokenHash: string
  personId: string
  face: 'rep' | 'console'
  signedInAt: Date
  lastSeenAt: Date
  endedAt: Date | null
  endedWhy: string | null
}

export type SignInTable = {
  stateHash: string
  browserHash: string
  face: 'rep' | 'console' | 'hcp'
  nextPath: string
  startedAt: Date
  usedAt: Date | null
  codeHash: string | null
  identity: string | null
}

export type WecomCredentialTable = {
  name: 'access_token' | 'corp_ticket' | 'app_ticket'
  sealedValue: string
  expiresAt: Date
  refreshingBy: string | null
  refreshingUntil: Date
  blockedUntil: Date
  problem: string | null
}

export type AccountRequestTable = {
  id: string
  repId: string
  externalUserId: string
  name: string
  hospital: string
  note: Generated<string>
  state: 'waiting' | 'done' | 'declined'
  requestedAt: Date
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
}

/** One row with id 1. */
export type CompanyTable = {
  id: number
  name: string
  nameEn: string
  safetyPhone: Generated<string>
  safetyEmail: Generated<string>
  privacyEmail: Generated<string>
}

/** Every table, by hand; a test holds it against the migrated database. */
export type Database = {
  person: PersonTable
  personRole: PersonRoleTable
  repProduct: RepProductTable
  repTerritory: RepTerritoryTable
  product: ProductTable
  hospital: HospitalTable
  account: AccountTable
  externalContact: ExternalContactTable
  contactFollow: ContactFollowTable
  contentItem: ContentItemTable
  contentPage: ContentPageTable
  contentApproval: ContentApprovalTable
  consentText: ConsentTextTable
  consent: ConsentTable
  policy: PolicyTable
  send: SendTable
  fact: FactTable
  linkRevocation: LinkRevocationTable
  linkVisit: LinkVisitTable
  pageView: PageViewTable
  contentAsk: ContentAskTable
  favourite: FavouriteTable
  contentUse: ContentUseTable
  media: MediaTable
  auditEntry: AuditEntryTable
  job: JobTable
  session: SessionTable
  signIn: SignInTable
  wecomCredential: WecomCredentialTable
  accountRequest: AccountRequestTable
  callbackEvent: CallbackEventTable
  company: CompanyTable
}
