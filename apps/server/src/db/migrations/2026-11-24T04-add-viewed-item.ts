import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table page_view
      add column content_item_id varchar(26) character set ascii collate ascii_bin null
  `.execute(db)
}
