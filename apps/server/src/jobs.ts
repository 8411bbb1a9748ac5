import { isConnected, type Settings } from './config.ts'
import { runConsentImports } from './consents/imports/run-consent-imports.ts'
import { accountJobs } from './contacts/accounts/account-jobs.ts'
import { contentJobs } from './content/jobs.ts'
import { refreshMedia } from './content/refresh-media.ts'
import { vaultJobs } from './content/from-vault/vault-jobs.ts'
import { wantMediaAhead } from './content/want-media.ts'
import { forgetCallbackEvents } from './contacts/forget-callback-events.ts'
import { settleCallbackEvents, settleMemberEvents } from './contacts/settle-callback-events.ts'
import { syncContacts } from './contacts/sync/sync-contacts.ts'
import { handOnCodes, tendCodes } from './contacts/codes/tend-codes.ts'
import type { Deps } from './deps.ts'
import type { Job } from './job.ts'
import { safetyJobs } from './evidence/safety/call-for-safety.ts'
import { outboxJobs } from './outbox/jobs.ts'
import { forgetSignIns } from './people/forget-sign-ins.ts'
import { announceLocalActs } from './people/local/announce-local-acts.ts'
import { nameForSearch } from './people/name-for-search.ts'
import { proveEmployment } from './people/prove-employment.ts'
import { policyJobs } from './policy/policy-jobs.ts'
import { reportJobs } from './reports/report-jobs.ts'
import { indexSends } from './sends/office/index-sends.ts'
import { recordDeadlines } from './sends/record-deadlines.ts'
import { refreshWecomCredentials } from './setup/refresh-wecom-credentials.ts'
import { uploadJobs } from './uploads/jobs.ts'
import { webhookJobs } from './webhooks/webhook-jobs.ts'
import { welcomeJob } from './welcome-job.ts'

/** Everything done without anybody asking. Each runs on one instance at a time, wherever that is. */
export const jobs: Job[] = [
  { name: 'settle-callback-events', everyMs: 1_000, asksWecom: true, work: settleCallbackEvents },
  { name: 'settle-member-events', everyMs: 1_000, asksWecom: true, work: settleMemberEvents },
  welcomeJob,
  { name: 'tend-contact-codes', everyMs: 1_000, asksWecom: true, work: tendCodes },
  { name: 'hand-on-contact-codes', everyMs: 60_000, work: handOnCodes },
  { name: 'refresh-media', everyMs: 2_000, asksWecom: true, work: refreshMedia },
  { name: 'want-media-ahead', everyMs: 600_000, work: wantMediaAhead },
  { name: 'record-deadlines', everyMs: 10_000, work: recordDeadlines },
  { name: 'index-sends', everyMs: 5_000, work: indexSends },
  { name: 'refresh-wecom-credentials', everyMs: 60_000, asksWecom: true, work: refreshWecomCredentials },
  { name: 'prove-employment', everyMs: 60_000, asksWecom: true, work: proveEmployment },
  { name: 'name-people-for-search', everyMs: 60_000, work: nameForSearch },
  { name: 'sync-contacts', everyMs: 5_000, asksWecom: true, work: syncContacts },
  { name: 'import-consents', everyMs: 1_000, work: runConsentImports },
  { name: 'forget-callback-events', everyMs: 3_600_000, work: forgetCallbackEvents },
  { name: 'announce-local-acts', everyMs: 5_000, work: announceLocalActs },
  { name: 'forget-sign-ins', everyMs: 3_600_000, work: forgetSignIns },
  ...accountJobs,
  ...contentJobs,
  ...uploadJobs,
  ...outboxJobs,
  ...safetyJobs,
  ...policyJobs,
  ...vaultJobs,
  ...reportJobs,
  ...webhookJobs,
]

/** Those that run with these settings. */
export const jobsOf = (settings: Settings): Job[] => jobs.filter(({ asksWecom }) => !asksWecom || isConnected(settings))

/** A job that takes longer than this is taken over by another instance. */
const leaseMs = 120_000

/** Runs one job if it is due and nobody holds it. Returns whether it ran. */
export async function runDueJob(deps: Deps, job: Job, owner: string): Promise<boolean> {
  const at = deps.now()
  const claimed = await deps.db
    .updateTable('job')
    .set({ owner, ownedUntil: new Date(at.getTime() + leaseMs), runAt: new Date(at.getTime() + job.everyMs) })
    .where('name', '=', job.name)
    .where('runAt', '<=', at)
    .where('ownedUntil', '<=', at)
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n) return false
  let problem: string | null = null
  try {
    await job.work(deps)
  } catch (fault) {
    problem = fault instanceof Error ? fault.name : 'fault'
    deps.log.error(
      { job: job.name, problem, code: (fault as { code?: unknown }).code, errno: (fault as { errno?: unknown }).errno },
      'job failed',
    )
  }
  const done = deps.now()
  await deps.db
    .updateTable('job')
    .set({ owner: null, ownedUntil: done, problem, ...(problem ? {} : { lastDoneAt: done }) })
    .where('name', '=', job.name)
    .where('owner', '=', owner)
    .execute()
  return true
}

/** Starts the job loop of this instance; the returned function ends it and waits for what is running. */
export async function startJobs(deps: Deps): Promise<() => Promise<void>> {
  const owner = deps.newId()
  const past = new Date(0)
  const running = jobsOf(deps.config)
  await deps.db
    .insertInto('job')
    .ignore()
    .values(
      running.map(({ name }) => ({
        name,
        owner: null,
        ownedUntil: past,
        runAt: past,
        lastDoneAt: null,
        problem: null,
      })),
    )
    .execute()
  let stopping = false
  const loops = running.map(async (job) => {
    while (!stopping) {
      await runDueJob(deps, job, owner).catch((fault: { code?: unknown }) =>
        deps.log.warn({ job: job.name, code: fault.code }, 'job could not be claimed'),
      )
      for (let waited = 0; waited < job.everyMs && !stopping; waited += 250)
        await new Promise((resolve) => setTimeout(resolve, 250))
    }
  })
  return async () => {
    stopping = true
    await Promise.race([Promise.all(loops), new Promise((resolve) => setTimeout(resolve, 8_000))])
  }
}
