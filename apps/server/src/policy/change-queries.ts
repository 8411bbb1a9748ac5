import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { policyWriters } from './policy-roles.ts'

/** Changes of the policy are decided one after the other. Versions cannot be locked: nobody may write to them. */
export async function lockPolicy(trx: Transaction<Database>): Promise<void> {
  await trx.selectFrom('company').select('id').where('id', '=', 1).forUpdate().execute()
}

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

/** The change this person asked for under this request, when it was asked before. */
export function findAsked(db: Kysely<Database>, proposedBy: string, requestId: string) {
  return db
    .selectFrom('policyChange')
    .select(['id', 'previewId'])
    .where('proposedBy', '=', proposedBy)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
}

/** Who could be the second person. */
export async function findDeciders(db: Kysely<Database>, now: Date, but: string): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    .distinct()
    .where('personRole.role', 'in', [...policyWriters])
    .where('person.status', '=', 'active')
    .where('person.id', '<>', but)
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .execute()
  return rows.map(({ id }) => id)
}

/** Markets that content is made for. */
export async function findMarkets(db: Kysely<Database>): Promise<string[]> {
  const rows = await db
    .selectFrom('contentItem')
    .select(sql<string>`distinct market`.as('market'))
    .execute()
  return rows.map(({ market }) => market).toSorted()
}
