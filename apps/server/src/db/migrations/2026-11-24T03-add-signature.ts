import { sql, type Kysely } from 'kysely'

/** What was signed, word by word; `signed_hash` is its SHA-256. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_approval
      add column signing_id varchar(26) character set ascii collate ascii_bin null,
      add column person_name varchar(80) not null default '',
      add column proved_by varchar(20) not null default '',
      add column renews_until datetime(3) null,
      add column statement mediumtext null
  `.execute(db)
}
