import { sql, type Kysely } from 'kysely'

/** Whoever saved words of a version: none of them may sign it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table content_writer (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      first_at datetime(3) not null,
      primary key (content_item_id, person_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`.execute(db)
}
