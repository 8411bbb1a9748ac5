import { sql, type Kysely } from 'kysely'

/** What reps ask of the list of doctors: somebody who is missing, a detail that is wrong. `open_for` keeps one of a kind open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_change (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      kind varchar(10) not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      name varchar(80) not null,
      title varchar(40) not null default '',
      hospital varchar(120) not null default '',
      department varchar(80) not null default '',
      licence_number varchar(60) not null default '',
      note varchar(400) not null default '',
      photo_hash char(64) character set ascii collate ascii_bin null,
      photo_mime varchar(100) not null default '',
      life varchar(20) not null,
      open_for varchar(100) character set ascii collate ascii_bin null,
      asked_at datetime(3) not null,
      decided_by varchar(26) character set ascii collate ascii_bin null,
      decided_at datetime(3) null,
      decision_id varchar(36) character set ascii collate ascii_bin null,
      reason varchar(300) not null default '',
      was varchar(1000) not null default '',
      primary key (id),
      unique key account_change_request (rep_id, request_id),
      unique key account_change_open (open_for),
      key account_change_life (life, id),
      key account_change_decided (decided_at, id),
      key account_change_contact (external_user_id, rep_id, id),
      key account_change_account (account_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
