import { sql, type Kysely } from 'kysely'

/** Why a relation ended, where a contact came from, and the code for a welcome, which is good for 20 s. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table callback_event
      add column source varchar(40) not null default '',
      add column fail_reason varchar(40) not null default '',
      add column scan_state varchar(64) not null default '',
      add column welcome_code varchar(255) not null default '',
      add column about varchar(64) character set ascii collate ascii_bin not null default '',
      add key callback_event_next (settled_at, event, run_at),
      drop key callback_event_due
  `.execute(db)
}
