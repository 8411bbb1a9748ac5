import type {
  ConsentPurpose,
  ConsentStatement,
  ContentClass,
  ContentKind,
  ContentState,
  DisclaimerMode,
  FactKind,
  MessageKind,
  ReviewStep,
  SafetySeriousness,
} from '@vouch/rules'
import type { ColumnType, Generated } from 'kysely'

/** A column with a default: optional when a row is written. */
type Truth = ColumnType<number, number | boolean, number | boolean>
/** The same, with a default. */
type DefaultTruth = ColumnType<number, number | boolean | undefined, number | boolean>
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

export type SpecialtyTable = {
  code: string
  name: string
  nameEn: Generated<string>
}

export type TerritoryTable = {
  code: string
  name: string
  nameEn: Generated<string>
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
  /** The person across apps; WeCom tells it only of WeChat contacts of a bound subject. */
  unionId: string | null
  kind: Generated<'wechat' | 'wecom'>
  /** Since when names of theirs are not kept any more. */
  erasedAt: Date | null
}

export type ContactFollowTable = {
  repId: string
  externalUserId: string
  remark: Generated<string>
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

export type ConsentPurposeTable = {
  purpose: ConsentPurpose
  /** The version that is being written or reviewed: one at a time. */
  openVersion: number | null
}

export type ConsentAnswerTable = {
  requestId: string
  accountId: string
  bodyHash: string
  answer: string
  answeredAt: Date
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
  disclaimerMode: Generated<DisclaimerMode>
  market: string
  signInEveryTime: DefaultTruth
  /** A version from the vault proved longer ago is not sent; null: while the vault is down, all stay sendable. */
  vaultProofMinutes: number | null
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
  late: DefaultTruth
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
  /** What was shown; null: what was sent. */
  contentItemId: string | null
}

export type PageViewTable = {
  sendId: string
  page: number
  viewId: string
  visibleMs: number
  viewedAt: Date
  /** What was shown; null: what was sent. */
  contentItemId: string | null
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
  /** Under which the doctor gets it (media-name.ts). */
  fileName: Generated<string>
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
  /** The signature this login is for; it opens no session. */
  signingId: string | null
  /** What a reader tapped before they were recognised, see evidence/wanted.ts. */
  wanted: string | null
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
  /** `DELETE_BY_TRANSFER` when a hand-over ended the relation. */
  source: Generated<string>
  failReason: Generated<string>
  scanState: Generated<string>
  /** Good once, for 20 s after the event. */
  welcomeCode: Generated<string>
  /** The group chat or tag of an event that is about no relation. */
  about: Generated<string>
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

/** One row with id 1. */
export type CompanyTable = {
  id: number
  name: string
  nameEn: string
  safetyPhone: Generated<string>
  safetyEmail: Generated<string>
  privacyEmail: Generated<string>
  /** Who is told of adverse reactions first; null: every compliance officer. */
  safetyOwnerId: string | null
  safetySeriousDays: Generated<number>
  safetyOtherDays: Generated<number>
}

export type SafetyReportTable = {
  id: string
  requestId: string
  bodyHash: string
  receipt: string
  /** When the company became aware: the arrival. */
  awareAt: Date
  happened: string
  product: string
  occurred: string
  seriousness: SafetySeriousness
  contact: string
  language: string
  /** `none` also when the reporter asked not to be named. */
  identity: 'addressee' | 'contact' | 'none'
  externalUserId: string | null
  accountId: string | null
  /** The link it was reported from. */
  sendId: string | null
  contentItemId: string | null
}

export type SafetyStepTable = {
  id: string
  reportId: string
  step: 'viewed' | 'acknowledged' | 'handed_over' | 'reminded' | 'escalated'
  once: string
  personId: string | null
  toPerson: string | null
  reason: Generated<string>
  at: Date
}

export type SafetyTaskTable = {
  reportId: string
  awareAt: Date
  ownerId: string | null
  viewedAt: Date | null
  acknowledgedAt: Date | null
  /** When somebody is told next unless it is acknowledged before. */
  nextAt: Date
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

export type UploadTable = {
  id: string
  personId: string
  purpose: 'content' | 'card' | 'poster' | 'import' | 'paper'
  fileName: string
  bytes: number
  partBytes: number
  /** As declared, if at all; the server alone names the whole. */
  sha256: string | null
  state: 'open' | 'checking' | 'stored' | 'refused' | 'gone'
  problem: string | null
  fileHash: string | null
  createdAt: Date
  endsAt: Date
}

export type UploadPartTable = {
  uploadId: string
  number: number
  bytes: number
  sha256: string
  storedAt: Date
}

export type StoredFileTable = {
  fileHash: string
  bytes: number
  mime: string
  kind: string
  storedAt: Date
  storedBy: string
}

export type RenditionTable = {
  fileHash: string
  state: 'waiting' | 'drawing' | 'done' | 'failed'
  problem: string | null
  pagesDone: Generated<number>
  pageCount: Generated<number>
  attempts: Generated<number>
  owner: string | null
  ownedUntil: Date
  runAt: Date
  askedAt: Date
  doneAt: Date | null
}

export type RenditionPageTable = {
  fileHash: string
  number: number
  width: number
  height: number
  placeholder: string
  text: string
  /** Of its document's outline, see content/renditions/read-outline.ts. */
  headings: Generated<string>
}

export type ScriptPieceTable = {
  contentItemId: string
  position: number
  documentId: string
}

export type RepGroupTable = {
  code: string
  name: string
  nameEn: Generated<string>
}

export type RepGroupMemberTable = {
  code: string
  repId: string
}

export type SearchPlaceTable = {
  place: number
  contentItemId: string
}

export type SearchBlockTable = {
  block: number
  term: string
  zone: number
  /** See content/search/place-set.ts. */
  places: Buffer
}

export type SearchDueTable = {
  contentItemId: string
  fresh: Truth
  mark: number
  askedAt: Date
}

export type SearchIndexTable = {
  id: number
  gramsVersion: number
  firstBlock: number
  nextPlace: number
}

export type OutboxTable = {
  id: string
  kind: string
  toPerson: string
  subjectId: string
  body: string
  runAt: Date
  attempts: Generated<number>
  owner: string | null
  ownedUntil: Date
  createdAt: Date
  sentAt: Date | null
  problem: string | null
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

export type ContentWriterTable = {
  contentItemId: string
  personId: string
  firstAt: Date
}

export type RecallReaderTable = {
  contentItemId: string
  accountId: string
  repId: string
  noticeItemId: string | null
  askedBy: string
  askedAt: Date
}

/** One row with id 1. */
export type VaultConnectionTable = {
  id: number
  mapping: string
  brakePerMinute: number
  cursorAt: Generated<string>
  fullAt: Date | null
  cycleAt: Date | null
  problem: string | null
  brakedAt: Date | null
  brakeReason: Generated<string>
  sessionSealed: string | null
  changedBy: string | null
  changedAt: Date
  revision: Generated<number>
  callsMost: number | null
  callsLeft: number | null
  restsUntil: Date | null
}

export type VaultVersionTable = {
  vaultId: number
  major: number
  minor: number
  contentItemId: string | null
  stateLabel: string
  renditionHash: string | null
  fieldsHash: string | null
  seenAt: Date
  provedAt: Date
  quarantine: string | null
  quarantinedAt: Date | null
  releasedBy: string | null
  releasedReason: string | null
  title: Generated<string>
  differences: string | null
}

export type ImportRunTable = {
  id: string
  personId: string
  uploadId: string
  csvHash: string
  dry: Truth
  state: 'waiting' | 'running' | 'done' | 'failed'
  rowsDone: Generated<number>
  rowsFailed: Generated<number>
  createdAt: Date
  doneAt: Date | null
  /** Rows of the list; null until it is read. */
  rowCount: number | null
  rowsNew: Generated<number>
  rowsNewVersion: Generated<number>
  rowsChanged: Generated<number>
  rowsUnchanged: Generated<number>
}

/** Row 0 is the list as a whole. */
export type ImportRowTable = {
  runId: string
  number: number
  outcome: 'new' | 'new_version' | 'changed' | 'unchanged' | 'failed'
  field: Generated<string>
  problem: Generated<string>
  documentId: string | null
  /** Where it stands in the list as a spreadsheet counts. */
  line: number | null
}

export type ExpiryWarningTable = {
  contentItemId: string
  expiresAt: Date
  days: number
  toldAt: Date
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

/** What a doctor asks of the company on their own page. */
export type HcpRequestTable = {
  id: string
  requestId: string
  receipt: string
  kind: 'erasure' | 'complaint'
  life: 'waiting' | 'done' | 'refused'
  accountId: string | null
  externalUserId: string
  wording: Generated<string>
  /** Who asks, while an erasure is open: one at a time. */
  openFor: string | null
  filedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decisionId: string | null
  answer: Generated<string>
  /** How much was erased, by kind. */
  erased: Generated<string>
}

/** Every table, by hand; a test holds it against the migrated database. */
export type Database = {
  person: PersonTable
  personRole: PersonRoleTable
  repProduct: RepProductTable
  repTerritory: RepTerritoryTable
  product: ProductTable
  specialty: SpecialtyTable
  territory: TerritoryTable
  hospital: HospitalTable
  account: AccountTable
  externalContact: ExternalContactTable
  contactFollow: ContactFollowTable
  contentItem: ContentItemTable
  contentPage: ContentPageTable
  contentApproval: ContentApprovalTable
  consentText: ConsentTextTable
  consent: ConsentTable
  accountWish: AccountWishTable
  hcpRequest: HcpRequestTable
  consentTextVersion: ConsentTextVersionTable
  consentWording: ConsentWordingTable
  consentTextSigning: ConsentTextSigningTable
  consentPaper: ConsentPaperTable
  consentClaim: ConsentClaimTable
  consentImport: ConsentImportTable
  consentImportRow: ConsentImportRowTable
  consentPurpose: ConsentPurposeTable
  consentAnswer: ConsentAnswerTable
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
  contactSyncRun: ContactSyncRunTable
  contactSyncRep: ContactSyncRepTable
  contactRepair: ContactRepairTable
  company: CompanyTable
  signing: SigningTable
  upload: UploadTable
  uploadPart: UploadPartTable
  storedFile: StoredFileTable
  rendition: RenditionTable
  renditionPage: RenditionPageTable
  scriptPiece: ScriptPieceTable
  repGroup: RepGroupTable
  repGroupMember: RepGroupMemberTable
  searchPlace: SearchPlaceTable
  searchBlock: SearchBlockTable
  searchDue: SearchDueTable
  searchIndex: SearchIndexTable
  outbox: OutboxTable
  reviewCall: ReviewCallTable
  contentWriter: ContentWriterTable
  recallReader: RecallReaderTable
  vaultConnection: VaultConnectionTable
  vaultVersion: VaultVersionTable
  importRun: ImportRunTable
  importRow: ImportRowTable
  expiryWarning: ExpiryWarningTable
  safetyReport: SafetyReportTable
  safetyStep: SafetyStepTable
  safetyTask: SafetyTaskTable
}
