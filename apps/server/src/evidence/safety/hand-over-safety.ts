import type { Input, Output, safetyEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import type { Session } from '../../people/sessions.ts'
import { handedNotice } from './safety-notices.ts'
import { allow, findSafetyPeople, safetyStanding } from './safety-office.ts'
import { lockTask } from './safety-queries.ts'
import { addStep } from './safety-steps.ts'

type Endpoint = typeof safetyEndpoints.handOverSafety

/** Gives a report to somebody who may answer for it, and tells them. The clock goes on, whoever has it in hand. */
export async function handOverSafety(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { requestId, reportId, toPerson, reason } = asked
  return transact(deps.db, async (trx) => {
    const task = await lockTask(trx, reportId)
    const at = deps.now()
    const people = await findSafetyPeople(trx, at)
    allow(safetyStanding(me, task?.ownerId ?? null).works)
    if (!task) throw new AppError('not_found')
    if (!people.some(({ personId }) => personId === toPerson)) throw new AppError('bad_request', { field: 'toPerson' })
    const step = {
      reportId,
      step: 'handed_over' as const,
      once: requestId,
      personId: me.personId,
      toPerson,
      reason,
      at,
    }
    if (!(await addStep(deps, trx, step))) return { outcome: 'done' }
    await trx.updateTable('safetyTask').set({ ownerId: toPerson }).where('reportId', '=', reportId).execute()
    await addNotices(trx, deps.newId, at, [{ ...handedNotice(task, requestId, me.name), toPerson }])
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'safety.handed_over', subjectId: reportId, accountId: task.accountId, reason },
      ...{ before: task.ownerId, after: toPerson },
    })
    return { outcome: 'done' }
  })
}
