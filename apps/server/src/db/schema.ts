import type { BulkActRowTable, BulkActTable } from './tables/bulk.ts'
import type {
  ContactAnswerTable,
  ContactCodeRepTable,
  ContactCodeTable,
  WelcomeTable,
  WelcomeChangeTable,
  WelcomeTextTable,
} from './tables/codes.ts'
import type {
  AttemptCountTable,
  LocalChallengeTable,
  LocalInviteTable,
  LocalLoginTable,
  LocalPasskeyTable,
  LocalRecoveryTable,
} from './tables/local.ts'
import type {
  AccountAssignmentTable,
  AccountImportTable,
  AccountImportRowTable,
  AccountPairTable,
  AccountMergeTable,
  AccountMergeRowTable,
  UndoneConsentTable,
} from './tables/accounts.ts'
import type {
  CompanyTable,
  ProductTable,
  SpecialtyTable,
  TerritoryTable,
  HospitalTable,
  PolicyTable,
} from './tables/company.ts'
import type {
  ConsentTextTable,
  ConsentTextVersionTable,
  ConsentWordingTable,
  ConsentTextSigningTable,
  ConsentTable,
  ConsentAnswerTable,
  ConsentPurposeTable,
  ConsentPaperTable,
  ConsentClaimTable,
  ConsentImportTable,
  ConsentImportRowTable,
} from './tables/consents.ts'
import type {
  AccountTable,
  AccountWishTable,
  ExternalContactTable,
  ContactFollowTable,
  CallbackEventTable,
  ContactSyncRunTable,
  ContactSyncRepTable,
  ContactRepairTable,
} from './tables/contacts.ts'
import type {
  ContentItemTable,
  ContentPageTable,
  ContentApprovalTable,
  ContentWriterTable,
  ScriptPieceTable,
  SigningTable,
  ReviewCallTable,
  ExpiryWarningTable,
  RecallReaderTable,
  FavouriteTable,
  ContentUseTable,
  ContentAskTable,
} from './tables/content.ts'
import type {
  LinkVisitTable,
  PageViewTable,
  HcpRequestTable,
  SafetyReportTable,
  SafetyStepTable,
  SafetyTaskTable,
} from './tables/evidence.ts'
import type {
  UploadTable,
  UploadPartTable,
  StoredFileTable,
  RenditionTable,
  RenditionPageTable,
  MediaTable,
} from './tables/files.ts'
import type { AccountChangeTable, ContactMatchTable } from './tables/matching.ts'
import type { ImportRunTable, ImportRowTable } from './tables/imports.ts'
import type {
  PersonTable,
  PersonRoleTable,
  RepProductTable,
  RepTerritoryTable,
  ManagedTerritoryTable,
  RepGroupTable,
  RepGroupMemberTable,
  ProofTable,
  SessionTable,
  SignInTable,
} from './tables/people.ts'
import type { RoleChangeTable, RoleStepTable } from './tables/roles.ts'
import type { PolicyChangeTable, PolicyPreviewTable } from './tables/policy.ts'
import type {
  ReportContactTable,
  ReportCountTable,
  ReportDoctorTable,
  ReportDueTable,
  ReportProgressTable,
  ReportReaderTable,
  ReportVersionTable,
} from './tables/reports.ts'
import type { SearchPlaceTable, SearchBlockTable, SearchDueTable, SearchIndexTable } from './tables/search.ts'
import type { SendTable, SendRowTable, FactTable, LinkRevocationTable } from './tables/sends.ts'
import type {
  AuditEntryTable,
  JobTable,
  NoticeChoiceTable,
  OutboxTable,
  SetupNoteTable,
  KeptKeyTable,
  VerifyFileTable,
  WecomCredentialTable,
} from './tables/system.ts'
import type { VaultConnectionTable, VaultVersionTable } from './tables/vault.ts'
import type { SavedViewTable } from './tables/views.ts'
import type { WebhookAttemptTable, WebhookDeliveryTable, WebhookSecretTable, WebhookTable } from './tables/webhooks.ts'

/** Every table by its name; its columns stand in the file of its room. A test holds them against the migrated database. */
export type Database = {
  person: PersonTable
  personRole: PersonRoleTable
  roleChange: RoleChangeTable
  roleStep: RoleStepTable
  repProduct: RepProductTable
  repTerritory: RepTerritoryTable
  managedTerritory: ManagedTerritoryTable
  product: ProductTable
  specialty: SpecialtyTable
  territory: TerritoryTable
  hospital: HospitalTable
  account: AccountTable
  accountAssignment: AccountAssignmentTable
  accountImport: AccountImportTable
  accountImportRow: AccountImportRowTable
  accountPair: AccountPairTable
  accountMerge: AccountMergeTable
  accountMergeRow: AccountMergeRowTable
  undoneConsent: UndoneConsentTable
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
  policyChange: PolicyChangeTable
  policyPreview: PolicyPreviewTable
  send: SendTable
  sendRow: SendRowTable
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
  proof: ProofTable
  localLogin: LocalLoginTable
  localRecovery: LocalRecoveryTable
  localPasskey: LocalPasskeyTable
  localChallenge: LocalChallengeTable
  localInvite: LocalInviteTable
  attemptCount: AttemptCountTable
  session: SessionTable
  signIn: SignInTable
  wecomCredential: WecomCredentialTable
  setupNote: SetupNoteTable
  verifyFile: VerifyFileTable
  keptKey: KeptKeyTable
  contactMatch: ContactMatchTable
  accountChange: AccountChangeTable
  callbackEvent: CallbackEventTable
  contactSyncRun: ContactSyncRunTable
  contactSyncRep: ContactSyncRepTable
  contactRepair: ContactRepairTable
  welcome: WelcomeTable
  welcomeText: WelcomeTextTable
  welcomeChange: WelcomeChangeTable
  contactAnswer: ContactAnswerTable
  contactCode: ContactCodeTable
  contactCodeRep: ContactCodeRepTable
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
  noticeChoice: NoticeChoiceTable
  savedView: SavedViewTable
  reviewCall: ReviewCallTable
  contentWriter: ContentWriterTable
  recallReader: RecallReaderTable
  vaultConnection: VaultConnectionTable
  vaultVersion: VaultVersionTable
  importRun: ImportRunTable
  importRow: ImportRowTable
  bulkAct: BulkActTable
  bulkActRow: BulkActRowTable
  expiryWarning: ExpiryWarningTable
  reportCount: ReportCountTable
  reportReader: ReportReaderTable
  reportContact: ReportContactTable
  reportDoctor: ReportDoctorTable
  reportDue: ReportDueTable
  reportProgress: ReportProgressTable
  reportVersion: ReportVersionTable
  safetyReport: SafetyReportTable
  safetyStep: SafetyStepTable
  safetyTask: SafetyTaskTable
  webhook: WebhookTable
  webhookSecret: WebhookSecretTable
  webhookDelivery: WebhookDeliveryTable
  webhookAttempt: WebhookAttemptTable
}
