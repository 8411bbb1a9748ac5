import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table vault_version add key vault_reason (quarantine, quarantined_at, vault_id, major, minor)
  `.execute(db)
}
