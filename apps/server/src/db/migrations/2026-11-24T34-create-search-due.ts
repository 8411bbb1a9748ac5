import { sql, type Kysely } from 'kysely'

/** Pieces whose words changed since they were indexed. `fresh`: the index does not know the piece at all yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_due (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      fresh tinyint not null,
      mark int not null,
      asked_at datetime(3) not null,
      primary key (content_item_id),
      key search_due_fresh (fresh, content_item_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
