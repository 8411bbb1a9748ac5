import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** Active reps who have this contact now. */
export async function findFollowing(db: Kysely<Database>, externalUserId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('contactFollow')
    .innerJoin('person', 'person.id', 'contactFollow.repId')
    .select('contactFollow.repId')
    .where('contactFollow.externalUserId', '=', externalUserId)
    .where('contactFollow.following', '=', 1)
    .where('person.status', '=', 'active')
    .orderBy('contactFollow.repId')
    .execute()
  return rows.map((row) => row.repId)
}
