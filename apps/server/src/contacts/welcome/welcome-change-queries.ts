import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { welcomeApprovers } from '../codes/code-roles.ts'

/** Changes of the welcome are decided one after the other. Its versions cannot be locked: nobody may write to them. */
export async function lockWelcome(trx: Transaction<Database>): Promise<void> {
  await trx.selectFrom('company').select('id').where('id', '=', 1).forUpdate().execute()
}

const columns = [
  ...(['welcomeChange.id', 'welcomeChange.wordingZh', 'welcomeChange.wordingEn', 'welcomeChange.reason'] as const),
  ...(['welcomeChange.proposedBy', 'welcomeChange.proposedAt', 'welcomeChange.decision'] as const),
]

export function findOpenChange(db: Kysely<Database>) {
  return db
    .selectFrom('welcomeChange')
    .innerJoin('person', 'person.id', 'welcomeChange.proposedBy')
    .select([...columns, 'person.name as proposerName'])
    .where('welcomeChange.openMark', '=', 1)
    .executeTakeFirst()
}

export function findChange(db: Kysely<Database>, changeId: string) {
  return db.selectFrom('welcomeChange').select(columns).where('welcomeChange.id', '=', changeId).executeTakeFirst()
}

/** The change this person asked for under this request, when it was asked before. */
export async function findAsked(db: Kysely<Database>, proposedBy: string, requestId: string) {
  const row = await db
    .selectFrom('welcomeChange')
    .select('id')
    .where('proposedBy', '=', proposedBy)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
  return row?.id
}

/** Who could be the second person. */
export async function findApprovers(db: Kysely<Database>, now: Date, but: string): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    .distinct()
    .where('personRole.role', 'in', [...welcomeApprovers])
    .where('person.status', '=', 'active')
    .where('person.id', '<>', but)
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .execute()
  return rows.map(({ id }) => id)
}
