import { roleNames, type Role } from '@vouch/rules'
import { auditReaders } from '../audit/audit-roles.ts'
import { companyReaders, companyWriters } from '../company/company-roles.ts'
import { consentReaders, consentWriters, statementReaders } from '../consents/consent-roles.ts'
import { accountReaders, accountWriters, importReaders } from '../contacts/accounts/account-roles.ts'
import { codeReaders, codeWriters } from '../contacts/codes/code-roles.ts'
import { changeReaders, matchReaders, matchReviewers } from '../contacts/matching/matching-roles.ts'
import { syncReaders, syncStarters } from '../contacts/sync/sync-roles.ts'
import { vaultOffice } from '../content/from-vault/vault-office.ts'
import { requestDeciders, requestReaders } from '../evidence/own-data/office-queries.ts'
import { safetyReaders, safetyRulers } from '../evidence/safety/safety-office.ts'
import { noticeRepairers } from '../outbox/list-failed-notices.ts'
import { officeWriters as working } from '../office-writers.ts'
import { peopleAdders, peopleReaders, repEntitlers, roleGranters } from '../people/roles/people-roles.ts'
import { policyReaders, policyWriters } from '../policy/policy-roles.ts'
import { reportReaders } from '../reports/report-roles.ts'
import { linkRevokers, sendReaders } from '../sends/office/send-roles.ts'
import { uploaders } from '../uploads/upload-limits.ts'
import { settingsReaders, webhookWriters } from '../webhooks/webhook-roles.ts'

/** A local administrator beside the roles they hold. */
export type DoorRole = Role | 'local_admin'
/** Who is let in: holders of one of these roles, or everybody who is signed in. */
export type Allowed = readonly DoorRole[] | 'signed_in'

export const office: readonly Role[] = roleNames.filter((role) => role !== 'rep')
/** A manager sees their own territories: what shows or counts others is not theirs. */
const company: readonly Role[] = office.filter((role) => role !== 'manager')

type Routes = {
  allowed: Allowed
  /** Why some of those who are let in are refused further in all the same. */
  narrowed?: string
  routes: string[]
}

/**
 * The one place that says who may call which address under /api/console/, with its method. One that is missing here is not
 * served. Use cases ask for roles only where they need more than this: what they were asked for, or whose it is.
 */
export const consoleRoutes: Routes[] = [
  /** Whoever is signed in, whatever they hold by now. */
  {
    allowed: 'signed_in',
    routes: ['GET me', 'POST sign-out', 'POST proofs', 'POST proofs/look', 'POST proofs/codes'],
  },
  {
    allowed: 'signed_in',
    narrowed: 'one’s own sessions; those of others by security administrators',
    routes: ['POST sessions', 'POST sessions/ends', 'POST sessions/ends-of-person'],
  },
  {
    allowed: ['local_admin'],
    routes: [
      ...['POST passkeys', 'POST passkeys/challenges', 'POST passkeys/additions', 'POST passkeys/removals'],
      ...['POST proofs/challenges', 'POST proofs/passkeys'],
    ],
  },
  /** Everybody of the office looks; what they then may do with it is decided further in. */
  { allowed: office, routes: ['POST home', 'POST notices', 'POST notices/choices'] },
  /** Their own views of lists alone. */
  { allowed: office, routes: ['POST views', 'POST views/saves', 'POST views/names', 'POST views/removals'] },
  {
    allowed: company,
    routes: [
      ...['POST content/renewals', 'POST content/signings/result', 'GET content/choices'],
      ...['POST content/tags/known'],
      ...['POST content/detail', 'POST content/diffs', 'POST content/list', 'POST content/export'],
      ...['POST content/as-doctor', 'GET content/:contentItemId/as-doctor', 'GET content/:contentItemId/video'],
      ...['GET content/:contentItemId/pages/:number/:width.webp', 'GET content/:contentItemId/captions.vtt'],
      ...['GET consents/texts', 'POST consents/texts/detail'],
      ...['POST consents/texts/previews', 'POST consents/texts/signings/result', 'POST vault/status'],
      ...['POST vault/trail', 'POST vault/quarantine', 'POST imports/list', 'POST imports/look'],
      ...['GET imports/template.csv'],
      ...['GET imports/:importId/errors.csv', 'GET accounts/imports/template.csv'],
      ...['GET consents/imports/template.csv'],
    ],
  },
  /**
   * Everybody of the office but auditors, who write nothing (assurance.md A50). Who of them may take a step in the life of
   * a piece or a text is decided there, and a refusal is answered with its reasons and recorded.
   */
  {
    allowed: working,
    routes: [
      ...['POST content/signings', 'POST content/drafts', 'POST content/edits', 'POST content/page-texts'],
      ...['POST content/submissions', 'POST content/take-backs', 'POST content/versions'],
      ...['POST content/expiries', 'POST consents/texts/drafts', 'POST consents/texts/edits'],
      ...['POST consents/texts/steps', 'POST consents/texts/signings', 'POST uploads/close'],
      ...['POST uploads/look', 'POST content/withdrawals', 'POST content/notices'],
      ...['POST uploads/:uploadId/parts/:number'],
      ...['POST content/bulk', 'POST content/bulk/look', 'POST content/bulk/stops'],
      ...['POST content/bulk/take-backs', 'POST content/tags'],
    ],
  },
  {
    allowed: uploaders,
    narrowed: 'each purpose is for some of them: pieces for authors, papers for compliance',
    routes: ['POST uploads'],
  },
  { allowed: ['author'], routes: ['POST imports', 'POST imports/lists'] },
  {
    allowed: working,
    narrowed: 'whoever may withdraw the piece: reviewers, compliance officers, and its author',
    routes: ['POST content/effects', 'POST content/bulk/effects'],
  },
  {
    allowed: ['compliance_officer'],
    routes: [
      ...['POST content/readers', 'POST content/recalls', 'POST content/notices/preview'],
      ...['POST content/notices/progress', 'GET content/:contentItemId/readers.csv'],
    ],
  },
  { allowed: vaultOffice.change_mapping, routes: ['POST vault/mapping', 'POST vault/trial', 'POST vault/fields'] },
  { allowed: vaultOffice.release, routes: ['POST vault/release', 'POST vault/unbrake'] },
  { allowed: vaultOffice.sync, routes: ['POST vault/sync'] },
  { allowed: accountReaders, routes: ['POST accounts', 'POST accounts/export', 'POST accounts/detail'] },
  {
    allowed: accountWriters,
    routes: [
      ...['POST account-changes/decisions', 'POST account-changes/doctors', 'POST hospitals'],
      ...['POST accounts/corrections', 'POST accounts/verifications', 'POST accounts/pairs/dismissals'],
      ...['POST accounts/merges/preview', 'POST accounts/merges', 'POST accounts/merges/undos'],
      ...['POST accounts/imports/starts', 'POST accounts/imports/steps'],
    ],
  },
  {
    allowed: importReaders,
    routes: [
      ...['POST accounts/pairs', 'POST accounts/imports', 'POST accounts/imports/rows'],
      ...['GET accounts/imports/:importId/errors.csv'],
    ],
  },
  { allowed: changeReaders, routes: ['POST account-changes', 'GET account-changes/:changeId/photo'] },
  { allowed: matchReaders, routes: ['POST matches'] },
  { allowed: matchReviewers, routes: ['POST matches/decisions'] },
  { allowed: syncReaders, routes: ['POST contacts/runs', 'POST contacts/repairs'] },
  { allowed: syncStarters, routes: ['POST contacts/sync'] },
  {
    allowed: codeReaders,
    routes: [
      ...['POST contact-codes', 'POST contact-codes/one', 'GET contact-codes/:codeId/picture'],
      ...['POST contact-codes/welcome'],
    ],
  },
  {
    allowed: codeWriters,
    routes: [
      ...['POST contact-codes/new', 'POST contact-codes/change', 'POST contact-codes/retry'],
      ...['POST contact-codes/end', 'POST contact-codes/reps', 'POST contact-codes/welcome/changes'],
    ],
  },
  {
    allowed: codeWriters,
    narrowed: 'system administrators take their own proposal back and decide none',
    routes: ['POST contact-codes/welcome/decisions'],
  },
  { allowed: statementReaders, routes: ['POST consents', 'POST consents/export', 'POST consents/doctor'] },
  {
    allowed: consentReaders,
    routes: [
      ...['POST consents/papers', 'GET consents/papers/:paperId/scan', 'POST consents/imports'],
      ...['GET consents/imports/:importId/errors.csv'],
    ],
  },
  {
    allowed: consentWriters,
    routes: [
      ...['POST consents/withdrawals', 'POST consents/doctors', 'POST consents/papers/entries'],
      ...['POST consents/papers/settlements', 'POST consents/imports/starts', 'POST consents/imports/releases'],
    ],
  },
  { allowed: requestReaders, routes: ['POST hcp-requests'] },
  { allowed: requestDeciders, routes: ['POST hcp-requests/decisions'] },
  { allowed: safetyReaders, routes: ['POST safety/list', 'POST safety/rule'] },
  { allowed: safetyRulers, routes: ['POST safety/rule-changes'] },
  {
    allowed: company,
    narrowed: 'compliance, auditors, and whoever has the report in hand',
    routes: ['POST safety/report'],
  },
  {
    allowed: working,
    narrowed: 'compliance, and whoever has the report in hand',
    routes: ['POST safety/acknowledgements', 'POST safety/hand-overs'],
  },
  {
    allowed: sendReaders,
    routes: ['POST sends', 'POST sends/choices', 'POST sends/filters', 'POST sends/look', 'POST sends/exports'],
  },
  { allowed: linkRevokers, routes: ['POST sends/revocations'] },
  { allowed: reportReaders, routes: ['POST reports', 'POST reports/choices', 'POST reports/exports'] },
  {
    allowed: policyReaders,
    routes: [
      ...['POST policy', 'POST policy/versions', 'POST policy/previews', 'POST policy/previews/look'],
      ...['POST policy/previews/examples'],
    ],
  },
  { allowed: companyReaders, routes: ['POST company'] },
  {
    allowed: companyWriters,
    routes: [
      ...['POST company/changes', 'POST company/choices/additions', 'POST company/choices/renames'],
      ...['POST company/choices/removals'],
    ],
  },
  { allowed: policyWriters, routes: ['POST policy/changes', 'POST policy/decisions'] },
  {
    allowed: peopleReaders,
    routes: ['POST people', 'POST people/roles/changes/waiting', 'POST people/detail', 'POST people/exports'],
  },
  { allowed: peopleAdders, routes: ['POST people/newcomers', 'POST people/additions'] },
  { allowed: repEntitlers, routes: ['POST people/entitlements'] },
  /** See people/roles/granters.ts. */
  {
    allowed: [...roleGranters, 'local_admin'],
    narrowed: 'a local administrator only while there are fewer than two security administrators',
    routes: [
      ...['POST people/roles/changes', 'POST people/roles/decisions', 'POST people/roles/takings'],
      ...['POST people/reviews'],
    ],
  },
  { allowed: auditReaders, routes: ['POST audit', 'POST audit/events', 'POST audit/exports'] },
  {
    allowed: settingsReaders,
    routes: [...['POST settings/secrets', 'POST webhooks', 'POST webhooks/one', 'POST webhooks/deliveries']],
  },
  {
    allowed: webhookWriters,
    routes: [
      ...['POST webhooks/new', 'POST webhooks/changes', 'POST webhooks/turns', 'POST webhooks/secrets'],
      ...['POST webhooks/tests', 'POST webhooks/deliveries/again', 'POST webhooks/failed/again'],
    ],
  },
  { allowed: noticeRepairers, routes: ['POST notices/failed', 'POST notices/again'] },
  {
    allowed: ['system_admin'],
    routes: ['POST checks', 'POST checks/run', 'POST checks/verify-file', 'POST checks/verify-file/removals'],
  },
]
