import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table recall_reader (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      notice_item_id varchar(26) character set ascii collate ascii_bin null,
      asked_by varchar(26) character set ascii collate ascii_bin not null,
      asked_at datetime(3) not null,
      primary key (content_item_id, account_id, asked_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
