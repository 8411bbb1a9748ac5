import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table upload (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      purpose varchar(20) not null,
      file_name varchar(200) not null,
      bytes bigint not null,
      part_bytes int not null,
      sha256 char(64) character set ascii collate ascii_bin null,
      state varchar(20) not null,
      problem varchar(40) null,
      file_hash char(64) character set ascii collate ascii_bin null,
      created_at datetime(3) not null,
      ends_at datetime(3) not null,
      primary key (id),
      key upload_person (person_id, created_at),
      key upload_end (state, ends_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
