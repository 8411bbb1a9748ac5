import { sql, type Kysely } from 'kysely'

/** What was answered to each request, so that a repetition gets the same. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_answer (
      request_id varchar(36) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      body_hash char(64) character set ascii collate ascii_bin not null,
      answer varchar(2000) not null,
      answered_at datetime(3) not null,
      primary key (request_id),
      key consent_answer_account (account_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
