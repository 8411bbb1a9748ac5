import { sql, type Kysely } from 'kysely'

/** One kind of event, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_entry add key audit_entry_event (event, id)
  `.execute(db)
}
