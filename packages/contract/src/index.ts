import * as audit from './audit.ts'
import * as bulk from './bulk.ts'
import * as checks from './checks.ts'
import * as accounts from './accounts.ts'
import * as company from './company.ts'
import * as consents from './consents.ts'
import * as console from './console.ts'
import * as contactCodes from './contact-codes.ts'
import * as contacts from './contacts.ts'
import * as content from './content.ts'
import * as people from './people.ts'
import * as notices from './notices.ts'
import * as policy from './policy.ts'
import * as local from './local.ts'
import * as sessions from './sessions.ts'
import * as proofs from './proofs.ts'
import * as matchOffice from './match-office.ts'
import * as matching from './matching.ts'
import * as home from './home.ts'
import * as imports from './imports.ts'
import * as readers from './readers.ts'
import * as rep from './rep.ts'
import * as reports from './reports.ts'
import * as requests from './requests.ts'
import * as safety from './safety.ts'
import * as search from './search.ts'
import * as sends from './sends.ts'
import * as settings from './settings.ts'
import * as uploads from './uploads.ts'
import * as vault from './vault.ts'
import * as views from './views.ts'
import * as webhooks from './webhooks.ts'
import * as welcome from './welcome.ts'
import * as withdrawal from './withdrawal.ts'

export * from './carry-file.ts'
export * from './client.ts'
export * from './content-shapes.ts'
export * from './endpoint.ts'
export * from './error-codes.ts'
export * from './file-problems.ts'
export { refusalWordsEn } from './refusal-words.en.ts'
export { refusalWordsZh } from './refusal-words.zh.ts'
export * from './report-order.ts'
export * from './report-words.ts'
export { reportWordsEn } from './report-words.en.ts'
export { reportWordsZh } from './report-words.zh.ts'
export * from './sha256.ts'
export * from './shapes.ts'
export * from './vault-mapping.ts'
export * from './vault-shapes.ts'
export * from './vault-words.ts'
export type {
  AccountDetail,
  AccountImport,
  AccountImportRow,
  AccountMerge,
  AccountPair,
  AccountRow,
  CorrectableField,
  MergePreview,
  MergeRefusal,
  PairReason,
} from './accounts.ts'
export type {
  ConsentDoctor,
  ConsentImport,
  ConsentPaper,
  ConsentRow,
  ConsentTextDetail,
  ConsentTextHead,
  SettlePaperAnswer,
  TextPreview,
  WireTextRefusal,
} from './consents.ts'
export { checkGroups, checkIds, checkOutcomes, verifyNameShape, verifyTextShape } from './checks.ts'
export type { Both, CheckGroup, CheckId, CheckOutcome, Finding } from './checks.ts'
export { codeShape, companyLists, emailShape, phoneShape } from './company.ts'
export type { ChoiceRefused, CompanyChoice, CompanyList, CompanyWords } from './company.ts'
export type { ContactCodeRow } from './contact-codes.ts'
export { roleNames } from './people-rights.ts'
export type { AddedPerson, PersonDetail, PersonRow } from './people.ts'
export type { RoleChange, RoleStep, WireRoleRefusal } from './people-rights.ts'
export { policySettings, policyShape } from './policy.ts'
export type {
  PolicyChange,
  PolicyPage,
  PolicyPreview,
  PolicyRefusal,
  PolicySetting,
  PolicySettings,
  PolicyVersion,
  PreviewCounts,
  PreviewExample,
} from './policy.ts'
export type { HeldSecret, SecretChange } from './settings.ts'
export { deliveryKinds, deliveryLives, urlProblems, webhookKinds } from './webhooks.ts'
export type { Webhook, WebhookAttempt, WebhookDelivery, WebhookKind, WebhookRefused, WebhookTurn } from './webhooks.ts'
export type { WelcomeChange, WelcomeRefusal } from './welcome.ts'
export { homeParts } from './home.ts'
export { listOrders } from './orders.ts'
export type { HomeNumbers, HomePart, HomePartFound, HomeRow } from './home.ts'
export type { FailedNotice, NoticeChoices, NoticePace } from './notices.ts'
export { fewestReaders, reportBy, reportDimensions, reportKinds } from './reports.ts'
export type { Report, ReportBy, ReportKind, ReportRow } from './reports.ts'
export type { SessionRow } from './sessions.ts'
export type { AuditRow } from './audit.ts'
export type { HcpRequest } from './requests.ts'
export type { ChangeField, ChangeRow, MatchRow, OfficeDoctor } from './match-office.ts'
export type { SafetyReport, SafetyRow } from './safety.ts'
export { sendOutcomes } from './sends.ts'
export { longestViewName, mostViews, viewFields } from './views.ts'
export type { SavedView, ViewAnswer, ViewList } from './views.ts'
export type { SendChoice, SendDetail } from './sends.ts'
export {
  bulk as bulkEndpoints,
  checks as checkEndpoints,
  company as companyEndpoints,
  rep as repEndpoints,
  matching as matchingEndpoints,
  matchOffice as matchOfficeEndpoints,
  console as consoleEndpoints,
  accounts as accountEndpoints,
  consents as consentEndpoints,
  contactCodes as contactCodeEndpoints,
  contacts as contactEndpoints,
  content as contentEndpoints,
  search as searchEndpoints,
  sends as sendEndpoints,
  settings as settingsEndpoints,
  uploads as uploadEndpoints,
  withdrawal as withdrawalEndpoints,
  vault as vaultEndpoints,
  views as viewEndpoints,
  webhooks as webhookEndpoints,
  welcome as welcomeEndpoints,
  imports as importEndpoints,
  audit as auditEndpoints,
  people as peopleEndpoints,
  home as homeEndpoints,
  notices as noticeEndpoints,
  policy as policyEndpoints,
  local as localEndpoints,
  sessions as sessionEndpoints,
  proofs as proofEndpoints,
  safety as safetyEndpoints,
  reports as reportEndpoints,
  requests as requestEndpoints,
  readers as readerEndpoints,
}
