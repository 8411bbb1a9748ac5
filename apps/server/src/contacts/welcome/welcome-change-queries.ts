import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

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
