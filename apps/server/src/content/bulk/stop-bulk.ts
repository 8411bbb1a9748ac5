import type { bulkEndpoints, Input } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { lockBulk } from './bulk-queries.ts'

type Asked = Input<typeof bulkEndpoints.stopBulk>

/** From this commit on no further piece is begun. What is over already stays as it is. */
export async function stopBulk(deps: Deps, me: Session, { bulkId }: Asked): Promise<Record<string, never>> {
  return transact(deps.db, async (trx) => {
    const bulk = await lockBulk(trx, bulkId)
    if (bulk?.personId !== me.personId) throw new AppError('not_found')
    if (bulk.stoppedAt || bulk.doneAt) return {}
    const stoppedAt = deps.now()
    await trx.updateTable('bulkAct').set({ stoppedAt }).where('id', '=', bulkId).execute()
    const actor = { kind: 'admin' as const, id: me.personId }
    await appendAudit(trx, deps.newId(), actor, stoppedAt, { event: 'bulk.stopped', subjectId: bulkId })
    return {}
  })
}
