import { sql, type Kysely } from 'kysely'

/** What became of the welcome each new contact was owed: one row for a code, whoever asks for it first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table welcome (
      code_hash char(64) character set ascii collate ascii_bin not null,
      digest char(64) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      contact_code_id varchar(26) character set ascii collate ascii_bin null,
      life varchar(20) not null,
      asks_consent tinyint not null default 0,
      wording varchar(1400) not null default '',
      send_id varchar(26) character set ascii collate ascii_bin null,
      errcode int null,
      attempts int not null default 0,
      tried_at datetime(3) null,
      owned_until datetime(3) not null,
      occurred_at datetime(3) not null,
      began_at datetime(3) not null,
      settled_at datetime(3) null,
      primary key (code_hash),
      key welcome_began (began_at, code_hash),
      key welcome_code (contact_code_id, life),
      key welcome_contact (external_user_id, began_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
