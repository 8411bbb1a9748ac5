import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table fact (
      send_id varchar(26) character set ascii collate ascii_bin not null,
      kind varchar(2) character set ascii collate ascii_bin not null,
      fact_id varchar(36) character set ascii collate ascii_bin not null,
      author varchar(26) character set ascii collate ascii_bin not null,
      at datetime(3) not null,
      client_at datetime(3) null,
      late tinyint not null default 0,
      code varchar(120) not null default '',
      seen_external_user_id varchar(64) character set ascii collate ascii_bin null,
      primary key (send_id, kind, fact_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
