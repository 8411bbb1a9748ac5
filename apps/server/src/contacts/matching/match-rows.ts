import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'

const columns = [
  ...(['contactMatch.id as matchId', 'contactMatch.requestId', 'contactMatch.externalUserId'] as const),
  ...(['contactMatch.accountId', 'contactMatch.life', 'contactMatch.reasons', 'contactMatch.strong'] as const),
  ...(['contactMatch.proposedBy', 'contactMatch.proposedAt', 'contactMatch.reviewedBy'] as const),
] as const

/** A match, locked; its contact is locked before it, as everything that concerns an HCP. Throws `content_not_found`. */
export async function lockMatch(trx: Transaction<Database>, matchId: string) {
  const row = await trx
    .selectFrom('contactMatch')
    .select(columns)
    .where('id', '=', matchId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('content_not_found')
  return row
}
export type MatchRow = Awaited<ReturnType<typeof lockMatch>>

/** The match of a contact that waits or holds. Matches made before there was a history have none. */
export function findLive(db: Kysely<Database>, externalUserId: string) {
  return db.selectFrom('contactMatch').select(columns).where('liveFor', '=', externalUserId).executeTakeFirst()
}

/** What a rep said under this request before. */
export function findSaid(db: Kysely<Database>, repId: string, requestId: string) {
  return db
    .selectFrom('contactMatch')
    .select(columns)
    .where('proposedBy', '=', repId)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
}

export async function findMatchOf(db: Kysely<Database>, matchId: string): Promise<{ externalUserId: string }> {
  const row = await db.selectFrom('contactMatch').select('externalUserId').where('id', '=', matchId).executeTakeFirst()
  if (!row) throw new AppError('content_not_found')
  return row
}

/** Locks a contact with the account it is matched to, if any: the locks each send takes. */
export async function lockContactRow(trx: Transaction<Database>, externalUserId: string) {
  const row = await trx
    .selectFrom('externalContact')
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .select(['externalContact.externalUserId', 'externalContact.accountId', 'externalContact.waitingMatchId'])
    .select(['externalContact.matchedBy', 'externalContact.matchedAt'])
    .where('externalContact.externalUserId', '=', externalUserId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('contact_not_found')
  return row
}
