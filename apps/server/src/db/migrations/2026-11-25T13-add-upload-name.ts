import { sql, type Kysely } from 'kysely'

/** A list of content names thousands of files; each is looked for by its name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table upload add key upload_name (person_id, file_name)`.execute(db)
}
