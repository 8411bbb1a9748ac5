import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table send (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id char(36) character set ascii collate ascii_bin not null,
      body_hash char(64) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      document_id varchar(26) character set ascii collate ascii_bin not null,
      class varchar(20) not null,
      kind varchar(20) not null,
      outcome varchar(20) not null,
      media_id varchar(300) null,
      message_digest char(64) character set ascii collate ascii_bin null,
      policy_version int not null,
      weighed json not null,
      decided_at datetime(3) not null,
      primary key (id),
      unique key send_request (rep_id, request_id),
      key send_account (account_id, decided_at, id),
      key send_rep (rep_id, decided_at, id),
      key send_content (content_item_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
