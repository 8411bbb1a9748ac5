import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { recordsOf } from '../../merged-records.ts'

/** One HCP: their account, when there is one, and every contact of theirs. */
export type Own = { accountId: string | null; contactIds: string[] }

/** The contact that asks, and the others of the same account. */
export async function findContactIds(
  db: Kysely<Database>,
  { accountId, externalUserId }: { accountId: string | null; externalUserId: string },
): Promise<string[]> {
  if (!accountId) return [externalUserId]
  const rows = await db
    .selectFrom('externalContact')
    .select('externalUserId')
    .where('accountId', 'in', recordsOf(db, accountId))
    .execute()
  return [...new Set([externalUserId, ...rows.map((row) => row.externalUserId)])]
}

/**
 * What went to one HCP: all that hangs on it does so by `send.id`. A welcome's invitation knows a contact and no account;
 * it belongs to whoever the contact is, before the match and after it.
 */
export function ownSends(db: Kysely<Database>, { accountId, contactIds }: Own) {
  const welcomed = db
    .selectFrom('welcome')
    .innerJoin('send', 'send.id', 'welcome.sendId')
    .select('send.id')
    .where('welcome.externalUserId', 'in', contactIds)
    .where('send.accountId', 'is', null)
    .where('send.outcome', '=', 'authorised')
  const sent = (id: string) =>
    db
      .selectFrom('send')
      .select('send.id')
      .where('send.accountId', 'in', recordsOf(db, id))
      .where('send.outcome', '=', 'authorised')
  return db
    .selectFrom((accountId ? sent(accountId).union(welcomed) : welcomed).as('own'))
    .innerJoin('send', 'send.id', 'own.id')
}
