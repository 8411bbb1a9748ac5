import { sql, type Kysely } from 'kysely'

/** `ended_at` stays the withdrawal alone; expiring now and being superseded have their own moments. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add column owner_id varchar(26) character set ascii collate ascii_bin null,
      add column source varchar(10) not null default 'own',
      add column revision int not null default 1,
      add column aliases varchar(400) not null default '',
      add column tags varchar(400) not null default '',
      add column hospital_grades varchar(80) not null default '',
      add column territories varchar(400) not null default '',
      add column rep_groups varchar(400) not null default '',
      add column steps varchar(80) not null default '',
      add column submitted_at datetime(3) null,
      add column approved_at datetime(3) null,
      add column text_hash char(64) character set ascii collate ascii_bin null,
      add column signed_hash char(64) character set ascii collate ascii_bin null,
      add column expired_at datetime(3) null,
      add column superseded_at datetime(3) null,
      add column returned_reason varchar(300) null,
      add column replaces_links tinyint not null default 0,
      add column change_note varchar(300) not null default '',
      add column held_reason varchar(40) null
  `.execute(db)
}
