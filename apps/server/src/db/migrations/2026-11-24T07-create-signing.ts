import { sql, type Kysely } from 'kysely'

/** The intent to sign one statement, spent once by the login that follows it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table signing (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      step varchar(20) not null,
      decision varchar(10) not null,
      meaning varchar(200) not null,
      reason varchar(300) not null default '',
      statement_hash char(64) character set ascii collate ascii_bin not null,
      session_hash char(64) character set ascii collate ascii_bin not null,
      begun_at datetime(3) not null,
      ends_at datetime(3) not null,
      spent_at datetime(3) null,
      outcome varchar(20) null,
      reasons varchar(400) not null default '',
      primary key (id),
      key signing_item (content_item_id, begun_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
