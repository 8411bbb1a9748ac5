import { sql, type Kysely } from 'kysely'

/** Who said that a contact is an account, and what became of it. `live_for` keeps one that waits or holds for each contact. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_match (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      life varchar(20) not null,
      live_for varchar(64) character set ascii collate ascii_bin null,
      reasons varchar(200) not null,
      strong tinyint not null,
      proposed_by varchar(26) character set ascii collate ascii_bin not null,
      proposed_at datetime(3) not null,
      reviewed_by varchar(26) character set ascii collate ascii_bin null,
      reviewed_at datetime(3) null,
      review_reason varchar(300) not null default '',
      ended_by varchar(26) character set ascii collate ascii_bin null,
      ended_at datetime(3) null,
      end_reason varchar(300) not null default '',
      primary key (id),
      unique key contact_match_request (proposed_by, request_id),
      unique key contact_match_live (live_for),
      key contact_match_life (life, id),
      key contact_match_reviewed (reviewed_at, id),
      key contact_match_contact (external_user_id, id),
      key contact_match_account (account_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
