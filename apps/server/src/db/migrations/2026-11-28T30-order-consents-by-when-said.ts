import { sql, type Kysely } from 'kysely'

/** The office’s list of consents stands by when each was said, under any of its filters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table consent
      drop key consent_statement,
      drop key consent_channel,
      drop key consent_version,
      add key consent_said (stated_at, id),
      add key consent_statement (statement, stated_at, id),
      add key consent_channel (channel, stated_at, id),
      add key consent_version (text_version, stated_at, id)
  `.execute(db)
}
