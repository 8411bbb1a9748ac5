import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rendition (
      file_hash char(64) character set ascii collate ascii_bin not null,
      state varchar(12) not null,
      problem varchar(40) null,
      pages_done int not null default 0,
      page_count int not null default 0,
      attempts int not null default 0,
      owner varchar(26) character set ascii collate ascii_bin null,
      owned_until datetime(3) not null,
      run_at datetime(3) not null,
      asked_at datetime(3) not null,
      done_at datetime(3) null,
      primary key (file_hash),
      key rendition_due (state, run_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
