import { sql, type Kysely } from 'kysely'

/** What a contact stated whom nobody has matched to an account yet; nobody changes a row, the match copies it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_answer (
      id varchar(26) character set ascii collate ascii_bin not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
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
      request_id char(36) character set ascii collate ascii_bin not null,
      primary key (id),
      unique key contact_answer_request (request_id, purpose),
      key contact_answer_contact (external_user_id, stated_at, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
