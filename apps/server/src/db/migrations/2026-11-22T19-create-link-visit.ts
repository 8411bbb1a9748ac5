import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table link_visit (
      id varchar(26) character set ascii collate ascii_bin not null,
      send_id varchar(26) character set ascii collate ascii_bin not null,
      visitor varchar(20) not null,
      visited_at datetime(3) not null,
      primary key (id),
      key link_visit_send (send_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
