import { sql, type Kysely } from 'kysely'

/** What was last noticed and is nobody's record: one row for each thing, overwritten by the next time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table setup_note (
      name varchar(40) character set ascii collate ascii_bin not null,
      at datetime(3) not null,
      said varchar(60) character set ascii collate ascii_bin not null,
      primary key (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
