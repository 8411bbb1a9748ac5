import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import_run (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      upload_id varchar(26) character set ascii collate ascii_bin not null,
      csv_hash char(64) character set ascii collate ascii_bin not null,
      dry tinyint not null,
      state varchar(20) not null,
      rows_done int not null default 0,
      rows_failed int not null default 0,
      created_at datetime(3) not null,
      done_at datetime(3) null,
      primary key (id),
      key import_person (person_id, created_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
