import { sql, type Kysely } from 'kysely'

/** What settings would have blocked and allowed lately, counted in the background, doctor by doctor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_preview (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id char(36) character set ascii collate ascii_bin not null,
      asked_by varchar(26) character set ascii collate ascii_bin not null,
      base_version int not null,
      settings json not null,
      from_at datetime(3) not null,
      until_at datetime(3) not null,
      stage varchar(10) not null,
      doctors int not null,
      doctors_done int not null default 0,
      cursor_value varchar(60) character set ascii collate ascii_bin not null default '',
      counts json not null,
      examples json not null,
      created_at datetime(3) not null,
      done_at datetime(3) null,
      primary key (id),
      unique key policy_preview_request (asked_by, request_id),
      key policy_preview_stage (stage, created_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
