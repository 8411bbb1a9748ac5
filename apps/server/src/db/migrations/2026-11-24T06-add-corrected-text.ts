import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_page
      add column corrected_by varchar(26) character set ascii collate ascii_bin null,
      add column corrected_at datetime(3) null
  `.execute(db)
}
