import { sql, type Kysely } from 'kysely'

/** The intent to sign one consent text, spent once by the login that follows it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_text_signing (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      version int not null,
      decision varchar(10) not null,
      meaning varchar(200) not null,
      reason varchar(300) not null default '',
      active_from datetime(3) null,
      statement_hash char(64) character set ascii collate ascii_bin not null,
      session_hash char(64) character set ascii collate ascii_bin not null,
      begun_at datetime(3) not null,
      ends_at datetime(3) not null,
      spent_at datetime(3) null,
      outcome varchar(20) null,
      reasons varchar(400) not null default '',
      request_id varchar(36) character set ascii collate ascii_bin not null,
      primary key (id),
      unique key consent_text_signing_request (person_id, request_id),
      key consent_text_signing_version (version, begun_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
