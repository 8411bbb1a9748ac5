import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const count = z.number()

/** One reading of all relations between reps and contacts from WeCom. */
export const syncRun = z.object({
  runId: z.string(),
  kind: z.enum(['first', 'scheduled', 'asked']),
  stage: z.enum(['reading', 'ending', 'done', 'stopped', 'failed']),
  startedAt: z.coerce.date(),
  endedAt: z.nullable(z.coerce.date()),
  /** Why it waits, or why it did not come to its end; words of ours. */
  problem: z.nullable(z.string()),
  /** Who asked for it, and why. */
  askedBy: z.nullable(z.string()),
  reason: z.string(),
  ...{ reps: count, repsRead: count, repsSkipped: count, strangers: count },
  /** Relations on all pages; those we knew before; of these not listed. */
  ...{ seen: count, known: count, missing: count },
  ...{ begun: count, changed: count, ended: count, confirmed: count },
})

/** Readings, the newest first, for the system administrator, compliance and the auditor. */
export const listSyncRuns = endpoint({
  method: 'POST',
  path: '/api/console/contacts/runs',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({ rows: z.array(syncRun), next: z.nullable(z.string()), may: z.array(z.enum(['start'])) }),
})

/** What readings repaired, the newest first; of one reading or of all. */
export const listRepairs = endpoint({
  method: 'POST',
  path: '/api/console/contacts/repairs',
  caller: 'console',
  input: z.strictObject({ runId: z._default(z.nullable(id), null), cursor }),
  output: z.object({
    rows: z.array(
      z.object({
        repairId: z.string(),
        at: z.coerce.date(),
        what: z.enum(['begun', 'whole', 'ended', 'remark', 'nickname']),
        rep: z.string(),
        externalUserId: z.string(),
        nickname: z.string(),
        /** The doctor, where the contact is matched. */
        account: z.nullable(z.string()),
        was: z.string(),
        isNow: z.string(),
      }),
    ),
    next: z.nullable(z.string()),
  }),
})

/**
 * A system administrator has all relations read now. `endMany` lets it end more than a twentieth of them, which no other
 * reading does. While one goes on, the answer names that one.
 */
export const startSync = endpoint({
  method: 'POST',
  path: '/api/console/contacts/sync',
  caller: 'console',
  input: z.strictObject({
    requestId,
    reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(300)),
    endMany: z._default(z.boolean(), false),
  }),
  output: z.object({ outcome: z.enum(['started', 'running']), runId: z.string() }),
})
