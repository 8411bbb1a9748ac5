import { sql, type Kysely } from 'kysely'

/** What the sends of a version came to over all its days, by territory; kept with the counts of each day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_version (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      territory varchar(40) not null,
      proven int not null,
      opened int not null,
      client int not null,
      unknown int not null,
      links int not null,
      links_opened int not null,
      primary key (content_item_id, territory)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
