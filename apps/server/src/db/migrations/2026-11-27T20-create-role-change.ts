import { sql, type Kysely } from 'kysely'

/** Roles that somebody asked for, and what a second person said. One is open for a person and a role at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table role_change (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id char(36) character set ascii collate ascii_bin not null,
      open_key varchar(70) character set ascii collate ascii_bin null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      role varchar(40) not null,
      until datetime(3) null,
      territories varchar(2100) not null default '',
      reason varchar(300) not null,
      proposed_by varchar(26) character set ascii collate ascii_bin not null,
      proposed_at datetime(3) not null,
      decision varchar(20) null,
      decided_by varchar(26) character set ascii collate ascii_bin null,
      decided_at datetime(3) null,
      answer varchar(300) not null default '',
      primary key (id),
      unique key role_change_request (proposed_by, request_id),
      unique key role_change_open (open_key),
      key role_change_person (person_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
