import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table callback_event (
      digest char(64) character set ascii collate ascii_bin not null,
      event varchar(40) not null,
      change_type varchar(40) not null,
      user_id varchar(64) not null default '',
      new_user_id varchar(64) not null default '',
      external_user_id varchar(64) character set ascii collate ascii_bin not null default '',
      occurred_at datetime(3) not null,
      received_at datetime(3) not null,
      settled_at datetime(3) null,
      outcome varchar(40) null,
      attempts int not null default 0,
      run_at datetime(3) not null,
      primary key (digest),
      key callback_event_due (settled_at, run_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
