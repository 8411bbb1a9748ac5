import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { askForCycle } from './run-asked-cycle.ts'

type Endpoint = typeof vaultEndpoints.releaseBrake

/**
 * A person has looked at a storm: those that waited go on, each still judged by itself, and the count starts anew. Where
 * nothing is braked nothing happens.
 */
export async function releaseBrake(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { reason } = asked
  const released = await transact(deps.db, async (trx) => {
    const connection = await trx
      .selectFrom('vaultConnection')
      .select(['brakedAt', 'brakeReason'])
      .where('id', '=', 1)
      .forUpdate()
      .executeTakeFirst()
    if (!connection?.brakedAt) return 0
    const { numUpdatedRows } = await trx
      .updateTable('vaultVersion')
      .set({ quarantine: null, quarantinedAt: null, releasedBy: me.personId, releasedReason: reason })
      .where('quarantine', '=', 'braked')
      .executeTakeFirst()
    await askForCycle(trx)
    await trx.updateTable('vaultConnection').set({ brakedAt: null, brakeReason: '' }).where('id', '=', 1).execute()
    const detail = {
      released: Number(numUpdatedRows),
      brakedAt: connection.brakedAt,
      brakedFor: connection.brakeReason,
    }
    const told = { event: 'vault.brake_released' as const, subjectId: 'vault', reason, detail }
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), told)
    return Number(numUpdatedRows)
  })
  return { outcome: 'done', released }
}
