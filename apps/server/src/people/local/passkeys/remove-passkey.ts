import { appendAudit } from '../../../audit/append-audit.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import { requireFreshProof } from '../../fresh-proof.ts'
import type { Session } from '../../sessions.ts'

/** Removes one of one's own passkeys. The codes are no passkey and stay, so that a second factor is always left. */
export async function removePasskey(deps: Deps, me: Session, passkeyId: string): Promise<{ done: true }> {
  await requireFreshProof(deps, me)
  return transact(deps.db, async (trx) => {
    const kept = await trx
      .selectFrom('localPasskey')
      .select('name')
      .where('id', '=', passkeyId)
      .where('personId', '=', me.personId)
      .forUpdate()
      .executeTakeFirst()
    if (!kept) throw new AppError('not_found')
    await trx.deleteFrom('localPasskey').where('id', '=', passkeyId).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'passkey.removed', subjectId: me.personId, detail: { passkeyId, name: kept.name } },
    })
    return { done: true }
  })
}
