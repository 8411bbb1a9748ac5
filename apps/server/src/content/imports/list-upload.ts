import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

const atOnce = 500

/** Of these names those under which this person has a stored file, each after its purpose. */
export async function findStoredNames(db: Kysely<Database>, personId: string, names: string[]): Promise<Set<string>> {
  const stored = new Set<string>()
  for (let from = 0; from < names.length; from += atOnce) {
    const rows = await db
      .selectFrom('upload')
      .select(['purpose', 'fileName'])
      .distinct()
      .where('personId', '=', personId)
      .where('fileName', 'in', names.slice(from, from + atOnce))
      .where('state', '=', 'stored')
      .execute()
    for (const { purpose, fileName } of rows) stored.add(`${purpose} ${fileName}`)
  }
  return stored
}
