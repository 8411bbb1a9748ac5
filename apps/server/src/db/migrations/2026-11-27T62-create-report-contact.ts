import { sql, type Kysely } from 'kysely'

/** What was sent to one doctor on one Shanghai day about one product: how much counts, and the best evidence of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_contact (
      day int not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      product varchar(40) not null,
      counted int not null,
      evidence tinyint not null,
      primary key (day, account_id, product)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
