import { sql, type Kysely } from 'kysely'

/** What a merge moved or added, row by row, so that it can be taken back exactly. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_merge_row (
      merge_id varchar(26) character set ascii collate ascii_bin not null,
      kind varchar(20) character set ascii collate ascii_bin not null,
      row_id varchar(64) character set ascii collate ascii_bin not null,
      primary key (merge_id, kind, row_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
