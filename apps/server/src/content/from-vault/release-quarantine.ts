import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { askForCycle } from './run-asked-cycle.ts'
import { versionName } from './settle-vault-version.ts'
import { lockVersion } from './vault-queries.ts'

type Endpoint = typeof vaultEndpoints.releaseQuarantine

/**
 * A person has looked into a contradiction. Nothing is believed by that alone: the vault is asked again, bytes and all,
 * and what still contradicts goes back. Changed words become a new piece. Throws `content_not_found`.
 */
export async function releaseQuarantine(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { vaultId, major, minor, reason } = asked
  await transact(deps.db, async (trx) => {
    const row = await lockVersion(trx, asked)
    if (!row?.quarantine || row.quarantine === 'braked') throw new AppError('content_not_found')
    if (row.releasedBy !== null) return // it is on its way already
    const at = deps.now()
    await trx
      .updateTable('vaultVersion')
      .set({ releasedBy: me.personId, releasedReason: reason, provedAt: new Date(0) })
      .where('vaultId', '=', vaultId)
      .where('major', '=', major)
      .where('minor', '=', minor)
      .execute()
    await askForCycle(trx)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'content.quarantine_released', subjectId: row.contentItemId ?? versionName(asked), reason },
      detail: { vault: versionName(asked), from: row.quarantine },
    })
  })
  return { outcome: 'done' }
}
