import { sql, type Kysely } from 'kysely'

/** Where the row stands in the list as a spreadsheet counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table import_row add column line int null`.execute(db)
}
