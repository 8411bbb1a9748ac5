import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table upload_part (
      upload_id varchar(26) character set ascii collate ascii_bin not null,
      number int not null,
      bytes int not null,
      sha256 char(64) character set ascii collate ascii_bin not null,
      stored_at datetime(3) not null,
      primary key (upload_id, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
