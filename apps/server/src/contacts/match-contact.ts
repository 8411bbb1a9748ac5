import type { Input, Output, repEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { lockContact } from '../sends/queries.ts'

type Endpoint = typeof repEndpoints.matchContact

/**
 * Records that a contact is this account, on the rep's word; never done silently. Saying the same again changes nothing;
 * another account than the one already matched is `already_matched`. Only accounts of the rep's territories exist for them.
 */
export async function matchContact(deps: Deps, repId: string, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await transact(deps.db, async (trx) => {
    const contact = await lockContact(trx, repId, asked.externalUserId)
    if (contact.accountId === asked.accountId) return
    if (contact.accountId) throw new AppError('already_matched')
    const account = await trx
      .selectFrom('account')
      .innerJoin('repTerritory', (join) =>
        join.onRef('repTerritory.territory', '=', 'account.territory').on('repTerritory.repId', '=', repId),
      )
      .select('account.id')
      .where('account.id', '=', asked.accountId)
      .where('account.active', '=', 1)
      .executeTakeFirst()
    if (!account) throw new AppError('account_not_found')
    const at = deps.now()
    await trx
      .updateTable('externalContact')
      .set({ accountId: asked.accountId, matchedBy: repId, matchedAt: at })
      .where('externalUserId', '=', asked.externalUserId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'rep', id: repId }, at, {
      event: 'contact.matched',
      subjectId: asked.externalUserId,
      accountId: asked.accountId,
    })
  })
  return { done: true }
}
