import type { consentEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'

type Endpoint = typeof consentEndpoints.releaseConsentImport
type Reason = 'own_entry' | 'not_checked'

/** A second person has the list written that they saw looked at. Releasing again changes nothing. */
export async function releaseConsentImport(
  deps: Deps,
  me: Session,
  { importId }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const run = await trx
      .selectFrom('consentImport')
      .select(['id', 'personId', 'stage', 'csvHash', 'releasedBy'])
      .where('id', '=', importId)
      .forUpdate()
      .executeTakeFirst()
    if (!run) throw new AppError('upload_not_found')
    if (run.releasedBy === me.personId) return { outcome: 'released' }
    const at = deps.now()
    const actor = { kind: 'admin' as const, id: me.personId }
    const reasons: Reason[] = []
    if (run.personId === me.personId) reasons.push('own_entry')
    if (run.stage !== 'checked') reasons.push('not_checked')
    if (reasons.length > 0) {
      await appendAudit(trx, deps.newId(), actor, at, {
        ...{ event: 'consent_import.refused', subjectId: importId, detail: { reasons } },
      })
      return { outcome: 'refused', reasons }
    }
    await trx
      .updateTable('consentImport')
      .set({
        ...{ stage: 'writing', releasedBy: me.personId, releasedAt: at },
        ...{ rowsDone: 0, rowsNew: 0, rowsUnchanged: 0, rowsClaimed: 0, rowsFailed: 0 },
      })
      .where('id', '=', importId)
      .execute()
    await appendAudit(trx, deps.newId(), actor, at, {
      ...{ event: 'consent_import.released', subjectId: importId, detail: { csvHash: run.csvHash } },
    })
    return { outcome: 'released' }
  })
}
