import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table page_view (
      send_id varchar(26) character set ascii collate ascii_bin not null,
      page int not null,
      view_id char(36) character set ascii collate ascii_bin not null,
      visible_ms int not null,
      viewed_at datetime(3) not null,
      primary key (send_id, page, view_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
