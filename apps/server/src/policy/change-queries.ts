import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

const columns = [
  ...(['policyChange.id', 'policyChange.baseVersion', 'policyChange.settings', 'policyChange.reason'] as const),
  ...(['policyChange.holdsFrom', 'policyChange.proposedBy', 'policyChange.proposedAt'] as const),
  ...(['policyChange.decision', 'policyChange.previewId', 'policyChange.version'] as const),
]

export function findOpenChange(db: Kysely<Database>) {
  return db
    .selectFrom('policyChange')
    .innerJoin('person', 'person.id', 'policyChange.proposedBy')
    .select([...columns, 'person.name as proposerName'])
    .where('policyChange.openMark', '=', 1)
    .executeTakeFirst()
}

export function findChange(db: Kysely<Database>, changeId: string) {
  return db.selectFrom('policyChange').select(columns).where('policyChange.id', '=', changeId).executeTakeFirst()
}

/** Markets that content is made for. */
export async function findMarkets(db: Kysely<Database>): Promise<string[]> {
  const rows = await db
    .selectFrom('contentItem')
    .select(sql<string>`distinct market`.as('market'))
    .execute()
  return rows.map(({ market }) => market).toSorted()
}
