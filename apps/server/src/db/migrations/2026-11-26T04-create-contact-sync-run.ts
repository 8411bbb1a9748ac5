import { sql, type Kysely } from 'kysely'

/** `live` is 1 while a run goes on and null afterwards: its key allows one of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_sync_run (
      id varchar(26) character set ascii collate ascii_bin not null,
      kind varchar(10) not null,
      stage varchar(10) not null,
      live tinyint null,
      request_id char(36) character set ascii collate ascii_bin null,
      asked_by varchar(26) character set ascii collate ascii_bin null,
      reason varchar(300) not null default '',
      end_many tinyint not null,
      started_at datetime(3) not null,
      ended_at datetime(3) null,
      owner varchar(26) character set ascii collate ascii_bin null,
      owned_until datetime(3) not null,
      run_at datetime(3) not null,
      after_user varchar(64) not null default '',
      users text null,
      cursor_value varchar(512) not null default '',
      problem varchar(60) null,
      reps int not null default 0,
      reps_read int not null default 0,
      reps_skipped int not null default 0,
      strangers int not null default 0,
      seen int not null default 0,
      known int not null default 0,
      missing int not null default 0,
      begun int not null default 0,
      changed int not null default 0,
      ended int not null default 0,
      confirmed int not null default 0,
      primary key (id),
      unique key contact_sync_live (live),
      unique key contact_sync_request (request_id),
      key contact_sync_started (started_at, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
