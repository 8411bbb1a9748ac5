import { sql, type Kysely } from 'kysely'

/** Shanghai days to be counted again; a day that is asked for again while it is counted gets another mark. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_due (
      day int not null,
      mark varchar(26) character set ascii collate ascii_bin not null,
      primary key (day)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
