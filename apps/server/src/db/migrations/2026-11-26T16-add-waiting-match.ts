import { sql, type Kysely } from 'kysely'

/** The match that waits for a second look, beside the one that holds; and when either last changed, for who watches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table external_contact
      add column waiting_match_id varchar(26) character set ascii collate ascii_bin null,
      add column match_changed_at datetime(3) null
  `.execute(db)
}
