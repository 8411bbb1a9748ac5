import { sql, type Kysely } from 'kysely'

/** How often something was, by Shanghai day (days since 1970); each dimension is counted by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_count (
      dimension varchar(10) character set ascii collate ascii_bin not null,
      day int not null,
      member varchar(60) not null,
      product varchar(40) not null,
      territory varchar(40) not null,
      measure varchar(40) character set ascii collate ascii_bin not null,
      n int not null,
      primary key (dimension, day, member, product, territory, measure)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
