import type { Input, Output, repEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'

type Endpoint = typeof repEndpoints.revokeLink

/** Takes the link of one's own send back, on every instance from this commit on. Doing it again changes nothing. */
export async function revokeLink(deps: Deps, repId: string, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await transact(deps.db, async (trx) => {
    const send = await trx
      .selectFrom('send')
      .leftJoin('linkRevocation', 'linkRevocation.sendId', 'send.id')
      .select(['send.accountId', 'send.kind', 'linkRevocation.revokedAt'])
      .where('send.id', '=', asked.sendId)
      .where('repId', '=', repId)
      .where('outcome', '=', 'authorised')
      .executeTakeFirst()
    if (!send) throw new AppError('send_not_found')
    if (send.kind !== 'news' && send.kind !== 'miniprogram') throw new AppError('link_not_live')
    if (send.revokedAt) return
    const at = deps.now()
    // Two taps at once: the second insert changes nothing and says so, and only the first is told.
    const added = await trx
      .insertInto('linkRevocation')
      .ignore()
      .values({ sendId: asked.sendId, revokedBy: repId, revokedAt: at })
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n) return
    await appendAudit(trx, deps.newId(), { kind: 'rep', id: repId }, at, {
      event: 'link.revoked',
      subjectId: asked.sendId,
      accountId: send.accountId,
    })
  })
  return { done: true }
}
