import type { Insertable, Kysely } from 'kysely'
import { errnoOf } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { FactTable } from '../db/tables/sends.ts'

/** Adds a fact; the same fact (send, kind, fact id) a second time changes nothing and is no fault. */
export async function appendFact(db: Kysely<Database>, fact: Insertable<FactTable>): Promise<void> {
  try {
    await db.insertInto('fact').values(fact).execute()
  } catch (fault) {
    if (errnoOf(fault) !== 1062) throw fault
  }
}
