import type { Input, Output, repEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { lockContact } from '../sends/queries.ts'

type Endpoint = typeof repEndpoints.requestAccount

/** Asks the office for an account that is not in the list. A second request for the same contact replaces the first's words. */
export async function requestAccount(deps: Deps, repId: string, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { externalUserId, name, hospital, note } = asked
  await transact(deps.db, async (trx) => {
    await lockContact(trx, repId, externalUserId)
    const requestedAt = deps.now()
    const words = { name, hospital, note, state: 'waiting' as const, requestedAt }
    await trx
      .insertInto('accountRequest')
      .values({ id: deps.newId(), repId, externalUserId, ...words })
      .onDuplicateKeyUpdate(words)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'rep', id: repId }, requestedAt, {
      event: 'account.requested',
      subjectId: externalUserId,
    })
  })
  return { done: true }
}
