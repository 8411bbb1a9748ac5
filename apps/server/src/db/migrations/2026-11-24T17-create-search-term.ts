import { sql, type Kysely } from 'kysely'

/** Newest first within a term, because ids sort by time and never change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_term (
      term varchar(24) not null,
      zone tinyint not null,
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      primary key (term, zone, content_item_id desc),
      key search_item (content_item_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
