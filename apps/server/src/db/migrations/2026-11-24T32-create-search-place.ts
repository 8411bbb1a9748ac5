import { sql, type Kysely } from 'kysely'

/** The place of a piece in the search index. It changes whenever the piece is indexed anew: higher is newer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_place (
      place int not null,
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      primary key (place),
      unique key search_place_item (content_item_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
