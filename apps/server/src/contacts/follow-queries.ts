import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** What is known about one rep and one contact; undefined when the two were never seen together. */
export function findFollow(db: Kysely<Database>, repId: string, externalUserId: string) {
  return db
    .selectFrom('contactFollow')
    .select(['following', 'provedAt'])
    .where('repId', '=', repId)
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
}
