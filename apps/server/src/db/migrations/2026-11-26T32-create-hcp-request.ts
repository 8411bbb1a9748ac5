import { sql, type Kysely } from 'kysely'

/** Erasures and complaints that doctors ask for on their own page. `open_for` keeps one erasure open at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hcp_request (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      receipt varchar(12) character set ascii collate ascii_bin not null,
      kind varchar(20) not null,
      life varchar(20) not null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      wording varchar(1000) not null default '',
      open_for varchar(64) character set ascii collate ascii_bin null,
      filed_at datetime(3) not null,
      decided_by varchar(26) character set ascii collate ascii_bin null,
      decided_at datetime(3) null,
      decision_id varchar(36) character set ascii collate ascii_bin null,
      answer varchar(1000) not null default '',
      erased varchar(400) not null default '',
      primary key (id),
      unique key hcp_request_request (request_id),
      unique key hcp_request_receipt (receipt),
      unique key hcp_request_open (open_for),
      key hcp_request_filed (filed_at, id),
      key hcp_request_life (life, filed_at, id),
      key hcp_request_contact (external_user_id, filed_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
