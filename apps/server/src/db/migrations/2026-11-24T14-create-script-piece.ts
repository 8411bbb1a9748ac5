import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table script_piece (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      position int not null,
      document_id varchar(26) character set ascii collate ascii_bin not null,
      primary key (content_item_id, position)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
