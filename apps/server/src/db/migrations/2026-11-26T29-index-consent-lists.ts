import { sql, type Kysely } from 'kysely'

/** What the office’s list of consents is narrowed by, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table consent
      add key consent_statement (statement, id),
      add key consent_channel (channel, id),
      add key consent_version (text_version, id)
  `.execute(db)
}
