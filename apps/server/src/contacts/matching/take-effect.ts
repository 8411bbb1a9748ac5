import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { carryAnswers } from '../../consents/carry-queries.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'

type Match = { matchId: string; externalUserId: string; accountId: string; proposedBy: string }

/**
 * The one place where a contact becomes an account's: on the rep's word, or once somebody of the office agreed with it. The
 * contact is locked by whoever calls, the account here: whatever is to follow from a match has both. Throws
 * `account_not_found` for an account that is no longer in use.
 */
export async function putInForce(
  trx: Transaction<Database>,
  deps: Deps,
  { actor, match, at, reviewed }: { actor: Actor; match: Match; at: Date; reviewed: boolean },
): Promise<void> {
  const { matchId, externalUserId, accountId, proposedBy } = match
  const account = await trx
    .selectFrom('account')
    .select('active')
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!account?.active) throw new AppError('account_not_found') // merged into another, or closed, a moment ago
  await trx
    .updateTable('externalContact')
    .set({ accountId, matchedBy: proposedBy, matchedAt: at, matchChangedAt: at, waitingMatchId: null })
    .where('externalUserId', '=', externalUserId)
    .execute()
  await appendAudit(trx, deps.newId(), actor, at, {
    ...{ event: 'contact.matched', subjectId: externalUserId, accountId },
    detail: { matchId, saidBy: proposedBy, reviewed },
  })
  await carryAnswers(deps, trx, { externalUserId, accountId })
}

/** The contact is nobody's again; what was sent and consented stays with the account it was for. */
export async function putOutOfForce(trx: Transaction<Database>, externalUserId: string, at: Date): Promise<void> {
  await trx
    .updateTable('externalContact')
    .set({ accountId: null, matchedBy: null, matchedAt: null, matchChangedAt: at, waitingMatchId: null })
    .where('externalUserId', '=', externalUserId)
    .execute()
}
