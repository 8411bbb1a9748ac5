import { sql, type Kysely } from 'kysely'

/**
 * Who is to be called to a review, once for each round of it. A round that extends is known by the day it asks for, the
 * first review by the beginning of time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table review_call (
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      renews_until datetime(3) not null,
      asked_at datetime(3) not null,
      settled_at datetime(3) null,
      primary key (content_item_id, person_id, renews_until),
      key review_call_due (settled_at, person_id, asked_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`.execute(db)
}
