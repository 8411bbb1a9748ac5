import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table content_page (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      number int not null,
      width int not null,
      height int not null,
      placeholder varchar(2000) character set ascii collate ascii_bin not null,
      text mediumtext not null,
      primary key (content_item_id, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
