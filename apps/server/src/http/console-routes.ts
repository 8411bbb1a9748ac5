import { roleNames, type Role } from '@vouch/rules'

/** A local administrator beside the roles they hold. */
export type DoorRole = Role | 'local_admin'
/** Who is let in: holders of one of these roles, or everybody who is signed in. */
export type Allowed = readonly DoorRole[] | 'signed_in'

export const office: readonly Role[] = roleNames.filter((role) => role !== 'rep')
/** A manager sees their own territories: what shows or counts others is not theirs. */
const company: readonly Role[] = office.filter((role) => role !== 'manager')
const working: readonly Role[] = company.filter((role) => role !== 'auditor')

type Routes = {
  allowed: Allowed
  /** Why some of those who are let in are refused further in all the same. */
  narrowed?: string
  routes: string[]
}

/** Who may call which address under /api/console/, with its method. One that is missing here is not served. */
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
  /** Everybody of the office looks; what they then may do with it is decided further in. */
  {
    allowed: office,
    routes: [...['POST home', 'POST notices', 'POST notices/choices']],
  },
  {
    allowed: company,
    routes: [
      ...['POST content/renewals', 'POST content/signings/result', 'GET content/choices'],
      ...['POST content/detail', 'POST content/diffs', 'POST content/list'],
      ...['GET consents/texts', 'POST consents/texts/detail'],
      ...['POST consents/texts/previews', 'POST consents/texts/signings/result', 'POST vault/status'],
      ...['POST vault/trail', 'POST vault/quarantine', 'POST imports/list', 'POST imports/look'],
      ...['GET pages/:contentItemId/:number/:width.webp', 'GET imports/template.csv'],
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
    ],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'system_admin'],
    routes: [
      ...['POST account-changes/decisions', 'POST hospitals', 'POST account-changes/doctors'],
      ...['POST contact-codes/new', 'POST contact-codes/change', 'POST contact-codes/retry'],
      ...['POST contact-codes/end', 'POST contact-codes/reps', 'POST contact-codes/welcome/changes'],
      ...['POST people/entitlements', 'POST accounts/corrections', 'POST accounts/verifications'],
      ...['POST accounts/pairs/dismissals', 'POST accounts/merges/preview', 'POST accounts/merges'],
      ...['POST accounts/merges/undos', 'POST accounts/imports/starts', 'POST accounts/imports/steps'],
    ],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'system_admin'],
    narrowed: 'system administrators take their own proposal back and decide none',
    routes: ['POST contact-codes/welcome/decisions'],
  },
  {
    allowed: ['compliance', 'compliance_officer'],
    routes: [
      ...['POST matches/decisions', 'POST policy/changes'],
      ...['POST policy/decisions', 'POST consents/withdrawals', 'POST consents/doctors'],
      ...['POST consents/papers/entries', 'POST consents/papers/settlements', 'POST consents/imports/starts'],
      ...['POST consents/imports/releases'],
      ...['POST hcp-requests/decisions'],
    ],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'auditor'],
    routes: [
      'POST matches',
      ...['POST consents/papers', 'POST consents/imports', 'POST safety/list'],
      ...['POST safety/rule', 'POST hcp-requests', 'GET consents/imports/:importId/errors.csv'],
      ...['GET consents/papers/:paperId/scan'],
    ],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'auditor', 'system_admin'],
    routes: [
      ...['POST account-changes', 'POST contact-codes', 'POST contact-codes/one', 'POST contact-codes/welcome'],
      ...['POST contacts/runs', 'POST contacts/repairs', 'POST accounts/pairs', 'POST accounts/imports'],
      ...['POST accounts/imports/rows', 'GET accounts/imports/:importId/errors.csv'],
      ...['GET account-changes/:changeId/photo', 'GET contact-codes/:codeId/picture'],
    ],
  },
  {
    allowed: ['system_admin'],
    routes: [
      ...['POST contacts/sync', 'POST checks', 'POST checks/run', 'POST checks/verify-file'],
      ...['POST checks/verify-file/removals', 'POST notices/failed', 'POST notices/again'],
      ...['POST vault/mapping', 'POST vault/trial', 'POST vault/fields'],
    ],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'auditor', 'system_admin', 'security_admin'],
    routes: [
      ...['POST policy', 'POST policy/versions', 'POST policy/previews', 'POST policy/previews/look'],
      ...['POST policy/previews/examples', 'POST people', 'POST people/roles/changes/waiting'],
      ...['POST people/detail', 'POST people/exports'],
    ],
  },
  {
    allowed: ['compliance_officer'],
    routes: [
      ...['POST content/readers', 'POST content/recalls', 'POST content/notices/preview'],
      ...['POST content/notices/progress', 'POST vault/release', 'POST vault/unbrake'],
      ...['POST safety/rule-changes', 'GET content/:contentItemId/readers.csv'],
    ],
  },
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
  /** See people/roles/granters.ts. */
  {
    allowed: ['security_admin', 'local_admin'],
    narrowed: 'a local administrator only while there are fewer than two security administrators',
    routes: [
      ...['POST people/roles/changes', 'POST people/roles/decisions', 'POST people/roles/takings'],
      ...['POST people/reviews'],
    ],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'auditor', 'security_admin'],
    routes: [...['POST audit', 'POST audit/events', 'POST audit/exports']],
  },
  {
    allowed: ['compliance', 'compliance_officer', 'manager', 'auditor', 'system_admin'],
    routes: [
      ...['POST accounts', 'POST accounts/export', 'POST accounts/detail', 'POST sends', 'POST sends/choices'],
      ...['POST sends/filters', 'POST sends/look', 'POST sends/exports'],
    ],
  },
  { allowed: ['compliance', 'compliance_officer'], routes: [...['POST sends/revocations']] },
  {
    allowed: ['author', 'compliance', 'compliance_officer', 'system_admin'],
    narrowed: 'each purpose is for some of them: pieces for authors, papers for compliance',
    routes: ['POST uploads'],
  },
  { allowed: ['author'], routes: [...['POST imports', 'POST imports/lists']] },
  {
    allowed: ['compliance', 'compliance_officer', 'manager', 'auditor'],
    routes: [
      ...['POST reports', 'POST reports/choices', 'POST reports/exports', 'POST consents', 'POST consents/export'],
      'POST consents/doctor',
    ],
  },
  { allowed: ['system_admin', 'security_admin'], routes: [...['POST people/newcomers', 'POST people/additions']] },
  { allowed: ['medical', 'legal', 'compliance', 'compliance_officer'], routes: [...['POST content/effects']] },
  { allowed: ['compliance_officer', 'system_admin'], routes: [...['POST vault/sync']] },
]
