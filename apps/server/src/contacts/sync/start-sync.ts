import type { contactEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { isConnected } from '../../config.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { beginRun } from './run-rows.ts'

type Endpoint = typeof contactEndpoints.startSync

/** Has all relations read now; the job does it. One at a time: while one goes on, that one is the answer. */
export async function startSync(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { requestId, reason, endMany } = asked
  if (!isConnected(deps.config)) throw new AppError('wecom_not_set_up') // it would wait, and nobody could tell why
  return transact(deps.db, async (trx) => {
    const find = trx.selectFrom('contactSyncRun').select('id')
    const repeated = await find.where('requestId', '=', requestId).executeTakeFirst()
    if (repeated) return { outcome: 'started', runId: repeated.id }
    const runId = await beginRun(trx, deps, { requestId, askedBy: me.personId, reason, endMany: Number(endMany) })
    if (!runId) {
      const live = await find.select('requestId').where('live', '=', 1).executeTakeFirst()
      if (!live) throw new AppError('busy') // it ended in between
      return { outcome: live.requestId === requestId ? 'started' : 'running', runId: live.id }
    }
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'contact.sync_asked' as const, subjectId: runId, reason },
      detail: { endMany },
    })
    return { outcome: 'started', runId }
  })
}
