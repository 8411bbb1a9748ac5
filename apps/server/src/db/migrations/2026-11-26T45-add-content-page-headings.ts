import { sql, type Kysely } from 'kysely'

/** What the document's own outline calls the parts that begin on a page: `depth title`, one a line. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table content_page add column headings varchar(2000) not null default ''`.execute(db)
}
