import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent (
      id varchar(26) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      purpose varchar(20) not null,
      statement varchar(20) not null,
      text_version int not null,
      text_hash char(64) character set ascii collate ascii_bin not null,
      language varchar(10) not null,
      channel varchar(20) not null,
      identity varchar(40) not null,
      evidence varchar(400) not null default '',
      stated_at datetime(3) not null,
      recorded_at datetime(3) not null,
      primary key (id),
      key consent_account (account_id, purpose, stated_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
