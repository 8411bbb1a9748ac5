import type { Input, Output, sendEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireFreshProof } from '../../people/fresh-proof.ts'
import { scopeOf } from '../../people/scope.ts'
import type { Session } from '../../people/sessions.ts'
import { loadOwnSend } from './own-send.ts'

type Endpoint = typeof sendEndpoints.revokeSendLink

/** Takes the link of anybody's send back, on every instance from this commit on. Doing it again changes nothing. */
export async function revokeSendLink(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { sendId, reason } = asked
  const send = await loadOwnSend(deps.db, sendId, await scopeOf(deps, me))
  await requireFreshProof(deps, me)
  if (send.outcome !== 'authorised') throw new AppError('send_not_found')
  if (send.kind !== 'news' && send.kind !== 'miniprogram') throw new AppError('link_not_live')
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    // Two at once: the second insert changes nothing and says so, and only the first is on record.
    const added = await trx
      .insertInto('linkRevocation')
      .ignore()
      .values({ sendId, revokedBy: me.personId, revokedAt: at })
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n) return
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'link.revoked', subjectId: sendId, accountId: send.accountId, reason },
    })
  })
  return { done: true }
}
