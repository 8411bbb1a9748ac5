import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_request (
      id varchar(26) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      name varchar(80) not null,
      hospital varchar(120) not null,
      note varchar(400) not null default '',
      state varchar(20) not null,
      requested_at datetime(3) not null,
      primary key (id),
      unique key account_request_contact (external_user_id, rep_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
