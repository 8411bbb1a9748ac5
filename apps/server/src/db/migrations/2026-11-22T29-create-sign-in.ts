import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_in (
      state_hash char(64) character set ascii collate ascii_bin not null,
      browser_hash char(64) character set ascii collate ascii_bin not null,
      face varchar(10) not null,
      next_path varchar(500) not null,
      started_at datetime(3) not null,
      used_at datetime(3) null,
      code_hash char(64) character set ascii collate ascii_bin null,
      identity varchar(100) null,
      primary key (state_hash),
      key sign_in_started (started_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
