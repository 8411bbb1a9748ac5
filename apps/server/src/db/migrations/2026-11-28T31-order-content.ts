import { sql, type Kysely } from 'kysely'

/** The office’s list of content by how titles sound, which a job fills, and by the last day, in every view of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add column title_sound varchar(120) not null default '',
      add key content_item_title (title_sound, id),
      add key content_item_end (expires_at, id)
  `.execute(db)
}
