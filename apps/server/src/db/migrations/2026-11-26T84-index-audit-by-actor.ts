import { sql, type Kysely } from 'kysely'

/** What one person did, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_entry add key audit_entry_actor (actor_id, id)
  `.execute(db)
}
