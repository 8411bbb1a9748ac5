import { sql, type Kysely } from 'kysely'

/** A list of doctors on its way in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_import (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      upload_id varchar(26) character set ascii collate ascii_bin not null,
      csv_hash char(64) character set ascii collate ascii_bin not null,
      file_name varchar(200) not null,
      stage varchar(20) not null,
      problem varchar(40) not null default '',
      about varchar(200) not null default '',
      row_count int null,
      rows_done int not null default 0,
      rows_new int not null default 0,
      rows_changed int not null default 0,
      rows_unchanged int not null default 0,
      rows_failed int not null default 0,
      rows_kept int not null default 0,
      created_at datetime(3) not null,
      released_by varchar(26) character set ascii collate ascii_bin null,
      released_at datetime(3) null,
      done_at datetime(3) null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      primary key (id),
      unique key account_import_request (person_id, request_id),
      key account_import_stage (stage, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
