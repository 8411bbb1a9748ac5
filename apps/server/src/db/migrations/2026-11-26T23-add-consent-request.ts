import { sql, type Kysely } from 'kysely'

/** What was asked in one go, once for each purpose; and the newest first, for the office’s list. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table consent
      add column request_id varchar(36) character set ascii collate ascii_bin null,
      add unique key consent_request (request_id, purpose),
      modify column evidence varchar(2000) not null default '',
      add key consent_newest (purpose, id)
  `.execute(db)
}
