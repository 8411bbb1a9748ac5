import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table content_approval (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      step varchar(20) not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      meaning varchar(200) not null,
      signed_hash char(64) character set ascii collate ascii_bin not null,
      signed_at datetime(3) not null,
      primary key (content_item_id, step, person_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
