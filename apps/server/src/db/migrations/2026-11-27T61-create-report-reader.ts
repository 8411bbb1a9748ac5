import { sql, type Kysely } from 'kysely'

/** Whose reading a count of that day holds: by it a figure about too few doctors is kept back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_reader (
      dimension varchar(10) character set ascii collate ascii_bin not null,
      day int not null,
      member varchar(60) not null,
      product varchar(40) not null,
      territory varchar(40) not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      primary key (dimension, day, member, product, territory, account_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
