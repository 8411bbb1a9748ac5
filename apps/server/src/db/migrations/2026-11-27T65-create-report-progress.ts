import { sql, type Kysely } from 'kysely'

/** Until when was counted, by what was counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_progress (
      name varchar(20) character set ascii collate ascii_bin not null,
      until datetime(3) not null,
      said varchar(400) not null default '',
      primary key (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
