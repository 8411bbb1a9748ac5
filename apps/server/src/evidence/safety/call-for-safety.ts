import { nextSafetyCall } from '@vouch/rules'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Actor, Deps } from '../../deps.ts'
import type { Job } from '../../job.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { calledNotice } from './safety-notices.ts'
import { findFirstTold, findGuardians } from './safety-office.ts'
import { lockTask } from './safety-queries.ts'
import { addStep, never } from './safety-steps.ts'

const actor: Actor = { kind: 'system', id: 'call-for-safety' }
const atOnce = 100

export const safetyJobs: Job[] = [{ name: 'call-for-safety', everyMs: 30_000, work: callForSafety }]

/** Job: calls for reports that nobody has acknowledged; a call that was missed while we were down is made late (R29). */
export async function callForSafety(deps: Deps): Promise<void> {
  const due = await deps.db
    .selectFrom('safetyTask')
    .select('reportId')
    .where('nextAt', '<=', deps.now())
    .orderBy('nextAt')
    .limit(atOnce)
    .execute()
  for (const { reportId } of due) await callFor(deps, reportId)
}

async function callFor(deps: Deps, reportId: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const task = await lockTask(trx, reportId)
    const at = deps.now()
    if (!task || task.nextAt > at) return
    const { call, nextAt } = nextSafetyCall(task.awareAt, at)
    const next = task.acknowledgedAt ? never : nextAt
    await trx.updateTable('safetyTask').set({ nextAt: next }).where('reportId', '=', reportId).execute()
    if (!call || task.acknowledgedAt) return
    if (!(await addStep(deps, trx, { reportId, ...call, at }))) return
    const first = task.ownerId ? [task.ownerId] : (await findFirstTold(trx, at)).tell
    const tell = call.step === 'escalated' ? [...new Set([...first, ...(await findGuardians(trx, at))])] : first
    const words = calledNotice(task, call)
    await addNotices(
      ...([trx, deps.newId, at] as const),
      tell.map((toPerson) => ({ ...words, toPerson })),
    )
    const event = call.step === 'escalated' ? ('safety.escalated' as const) : ('safety.reminded' as const)
    await appendAudit(trx, deps.newId(), actor, at, { event, subjectId: reportId, detail: { told: tell } })
  })
}

/** Reports that are older than a day and in nobody's hands; what pages somebody. */
export async function countOverdueSafety({ db, now }: Deps): Promise<number> {
  const row = await db
    .selectFrom('safetyTask')
    .select((eb) => eb.fn.countAll<number>().as('overdue'))
    .where('acknowledgedAt', 'is', null)
    .where('awareAt', '<=', new Date(now().getTime() - 86_400_000))
    .executeTakeFirstOrThrow()
  return Number(row.overdue)
}
