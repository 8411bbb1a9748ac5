import { sql, type Kysely } from 'kysely'

/** A row says that the bytes were written and verified; what refers to bytes refers to a row here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stored_file (
      file_hash char(64) character set ascii collate ascii_bin not null,
      bytes bigint not null,
      mime varchar(80) not null,
      kind varchar(20) not null,
      stored_at datetime(3) not null,
      stored_by varchar(26) character set ascii collate ascii_bin not null,
      primary key (file_hash)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
