import { sql, type Kysely } from 'kysely'

/** Addresses of other systems that are told what is recorded here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      name varchar(60) not null,
      url varchar(400) not null,
      kinds varchar(200) character set ascii collate ascii_bin not null,
      life varchar(10) character set ascii collate ascii_bin not null,
      problem varchar(20) character set ascii collate ascii_bin not null default '',
      revision int not null,
      rest_until datetime(3) not null,
      again_before datetime(3) null,
      made_by varchar(26) character set ascii collate ascii_bin not null,
      made_at datetime(3) not null,
      primary key (id),
      unique key webhook_request (request_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
