import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table expiry_warning (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      expires_at datetime(3) not null,
      days int not null,
      told_at datetime(3) not null,
      primary key (content_item_id, expires_at, days)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
