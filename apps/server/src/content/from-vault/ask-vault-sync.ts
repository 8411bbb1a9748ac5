import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { askForCycle } from './run-asked-cycle.ts'

type Endpoint = typeof vaultEndpoints.syncVault

/** Has the next cycle compare everything, and sign in again where that was given up. */
export async function askVaultSync(deps: Deps, me: Session, { reason }: Input<Endpoint>): Promise<Output<Endpoint>> {
  await transact(deps.db, async (trx) => {
    await trx.updateTable('vaultConnection').set({ problem: null, fullAt: null }).where('id', '=', 1).execute()
    await askForCycle(trx)
    const told = { event: 'vault.sync_asked' as const, subjectId: 'vault', reason }
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), told)
  })
  return { outcome: 'done' }
}
