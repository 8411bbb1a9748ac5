import { sql, type Kysely } from 'kysely'

/** Who looked at one doctor, asked by that doctor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_entry add key audit_entry_account (account_id, id)
  `.execute(db)
}
