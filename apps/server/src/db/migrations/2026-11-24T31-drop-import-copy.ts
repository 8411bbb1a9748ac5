import { sql, type Kysely } from 'kysely'

/** The list is kept under its hash: a second copy of each row says nothing more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table import_row drop column raw`.execute(db)
}
