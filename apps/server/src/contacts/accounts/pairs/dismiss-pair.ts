import type { accountEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../../audit/append-audit.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import type { Session } from '../../../people/sessions.ts'

type Endpoint = typeof accountEndpoints.dismissPair

/** A person says that two accounts are two doctors. They are not proposed again; saying it again changes nothing. */
export async function dismissPair(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const [oneId, otherId] = [asked.accountId, asked.otherId].toSorted() as [string, string] // of two
  await transact(deps.db, async (trx) => {
    const pair = await trx
      .selectFrom('accountPair')
      .select('settled')
      .where('oneId', '=', oneId)
      .where('otherId', '=', otherId)
      .forUpdate()
      .executeTakeFirst()
    if (!pair) throw new AppError('account_not_found')
    if (pair.settled) return
    const at = deps.now()
    await trx
      .updateTable('accountPair')
      .set({ settled: 'different', settledBy: me.personId, settledAt: at, reason: asked.reason })
      .where('oneId', '=', oneId)
      .where('otherId', '=', otherId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'account_pair.dismissed', subjectId: oneId, accountId: oneId, reason: asked.reason },
      detail: { otherId },
    })
  })
  return { done: true }
}
