import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rep_product (
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      product varchar(40) not null,
      primary key (rep_id, product)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
