import type { Input, Output, safetyEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { allow, safetyStanding } from './safety-office.ts'
import { lockTask } from './safety-queries.ts'
import { addStep, never } from './safety-steps.ts'

type Endpoint = typeof safetyEndpoints.acknowledgeSafety

/** Somebody in charge has the report in hand: nobody is called any more. Once, by whoever is first. */
export async function acknowledgeSafety(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const task = await lockTask(trx, asked.reportId)
    const at = deps.now()
    allow(safetyStanding(me, task?.ownerId ?? null).works)
    if (!task) throw new AppError('not_found')
    if (task.acknowledgedAt) return { outcome: 'done' }
    const { id: reportId, accountId } = task
    await addStep(deps, trx, { reportId, step: 'acknowledged', once: 'acknowledged', personId: me.personId, at })
    const change = { acknowledgedAt: at, nextAt: never, ownerId: task.ownerId ?? me.personId }
    await trx.updateTable('safetyTask').set(change).where('reportId', '=', reportId).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'safety.acknowledged', subjectId: reportId, accountId },
      detail: { waitedMs: at.getTime() - task.awareAt.getTime() },
    })
    return { outcome: 'done' }
  })
}
