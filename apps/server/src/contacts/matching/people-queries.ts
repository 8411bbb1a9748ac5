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

/** Active people who hold one of these roles now. */
export async function findHolders(db: Kysely<Database>, roles: readonly string[], now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    .distinct()
    .where('personRole.role', 'in', roles)
    .where('person.status', '=', 'active')
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .execute()
  return rows.map((row) => row.id)
}
