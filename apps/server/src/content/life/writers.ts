import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** Notes that somebody saved words of this version: from then on they may not sign it. */
export async function addWriter(
  trx: Transaction<Database>,
  { contentItemId, personId, at }: { contentItemId: string; personId: string; at: Date },
): Promise<void> {
  await trx.insertInto('contentWriter').ignore().values({ contentItemId, personId, firstAt: at }).execute()
}

/** Everybody who saved words of this version. */
export async function findWriters(db: Kysely<Database>, contentItemId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('contentWriter')
    .select('personId')
    .where('contentItemId', '=', contentItemId)
    .execute()
  return rows.map(({ personId }) => personId)
}
