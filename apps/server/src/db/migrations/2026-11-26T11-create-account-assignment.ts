import { sql, type Kysely } from 'kysely'

/** Who serves a doctor where, for which products and from when to when, as the company's list says; days are Shanghai's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_assignment (
      account_id varchar(26) character set ascii collate ascii_bin not null,
      territory varchar(40) not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      product_line varchar(40) not null,
      from_day varchar(10) character set ascii collate ascii_bin null,
      until_day varchar(10) character set ascii collate ascii_bin null,
      primary key (account_id, territory, rep_id, product_line)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
