import { sql, type Kysely } from 'kysely'

/** Each try of a delivery and the beginning of what came back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_attempt (
      id varchar(26) character set ascii collate ascii_bin not null,
      delivery_id varchar(26) character set ascii collate ascii_bin not null,
      at datetime(3) not null,
      status int null,
      problem varchar(20) character set ascii collate ascii_bin not null default '',
      took_ms int not null,
      answer varchar(500) not null,
      primary key (id),
      key webhook_attempt_delivery (delivery_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
