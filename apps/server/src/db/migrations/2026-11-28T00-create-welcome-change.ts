import { sql, type Kysely } from 'kysely'

/** Other words for the welcome that somebody asked for, and what a second person said. One is open at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table welcome_change (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id char(36) character set ascii collate ascii_bin not null,
      open_mark tinyint null,
      base_version int not null,
      wording_zh varchar(600) not null,
      wording_en varchar(600) not null,
      reason varchar(300) not null,
      proposed_by varchar(26) character set ascii collate ascii_bin not null,
      proposed_at datetime(3) not null,
      decision varchar(20) null,
      decided_by varchar(26) character set ascii collate ascii_bin null,
      decided_at datetime(3) null,
      answer varchar(300) not null default '',
      version int null,
      primary key (id),
      unique key welcome_change_request (proposed_by, request_id),
      unique key welcome_change_open (open_mark),
      unique key welcome_change_version (version)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
