import { sql, type Kysely } from 'kysely'

/** A consent on paper: its scan, what it is said to hold, and who confirmed that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_paper (
      id varchar(26) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      purposes varchar(100) not null,
      language varchar(10) not null,
      signed_at datetime(3) not null,
      file_hash char(64) character set ascii collate ascii_bin not null,
      file_name varchar(200) not null,
      mime varchar(100) not null,
      note varchar(300) not null default '',
      stage varchar(20) not null,
      entered_by varchar(26) character set ascii collate ascii_bin not null,
      entered_at datetime(3) not null,
      settled_by varchar(26) character set ascii collate ascii_bin null,
      settled_at datetime(3) null,
      reason varchar(300) not null default '',
      request_id varchar(36) character set ascii collate ascii_bin not null,
      primary key (id),
      unique key consent_paper_request (entered_by, request_id),
      key consent_paper_stage (stage, id),
      key consent_paper_account (account_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
