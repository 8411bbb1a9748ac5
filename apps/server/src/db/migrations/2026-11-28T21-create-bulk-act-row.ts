import { sql, type Kysely } from 'kysely'

/** Each of these pieces, as it stood when it began, and what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table bulk_act_row (
      bulk_id varchar(26) character set ascii collate ascii_bin not null,
      number int not null,
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      revision int not null,
      outcome varchar(20) not null,
      refusals text not null,
      problem varchar(40) not null,
      settled_at datetime(3) null,
      primary key (bulk_id, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
