import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rendition_page (
      file_hash char(64) character set ascii collate ascii_bin not null,
      number int not null,
      width int not null,
      height int not null,
      placeholder varchar(2000) character set ascii collate ascii_bin not null,
      text mediumtext not null,
      primary key (file_hash, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
