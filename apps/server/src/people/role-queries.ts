import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

export const holdsOne = (held: readonly string[], asked: readonly string[]): boolean =>
  asked.some((role) => held.includes(role))

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
