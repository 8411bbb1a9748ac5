import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox (
      id varchar(26) character set ascii collate ascii_bin not null,
      topic varchar(40) not null,
      payload json not null,
      run_at datetime(3) not null,
      attempts int not null default 0,
      owner varchar(26) character set ascii collate ascii_bin null,
      owned_until datetime(3) null,
      problem varchar(120) null,
      primary key (id),
      key outbox_due (run_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
