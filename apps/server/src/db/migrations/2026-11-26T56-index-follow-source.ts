import { sql, type Kysely } from 'kysely'

/** Contacts who came by one code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table contact_follow add key contact_follow_source (scan_state, began_at)
  `.execute(db)
}
