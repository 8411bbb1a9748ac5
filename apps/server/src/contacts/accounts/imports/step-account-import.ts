import type { accountEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../../audit/append-audit.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import type { Session } from '../../../people/sessions.ts'

type Endpoint = typeof accountEndpoints.stepAccountImport
const underWay = ['checking', 'checked', 'writing']

/**
 * Has a list written that was looked at, or stops it. What is written by then stays, and the same list again goes on from
 * there, because what is as the list says is left alone. The same step again changes nothing.
 */
export async function stepAccountImport(
  deps: Deps,
  me: Session,
  { importId, action }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx): Promise<Output<Endpoint>> => {
    const run = await trx
      .selectFrom('accountImport')
      .select(['stage', 'csvHash', 'releasedBy', 'rowsDone'])
      .where('id', '=', importId)
      .forUpdate()
      .executeTakeFirst()
    if (!run) throw new AppError('upload_not_found')
    const repeated = action === 'write' ? run.releasedBy !== null : run.stage === 'cancelled'
    if (repeated) return { outcome: 'done' }
    if (action === 'write' && run.stage !== 'checked') return { outcome: 'refused', reasons: ['not_checked'] }
    if (!underWay.includes(run.stage)) return { outcome: 'refused', reasons: ['over'] }
    const at = deps.now()
    const none = { rowsDone: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsFailed: 0, rowsKept: 0 }
    const change =
      action === 'write'
        ? { stage: 'writing' as const, releasedBy: me.personId, releasedAt: at, doneAt: null, ...none }
        : { stage: 'cancelled' as const, doneAt: at }
    await trx.updateTable('accountImport').set(change).where('id', '=', importId).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      event: action === 'write' ? 'account_import.released' : 'account_import.cancelled',
      ...{ subjectId: importId, detail: { csvHash: run.csvHash, stage: run.stage, rowsDone: run.rowsDone } },
    })
    return { outcome: 'done' }
  })
}
