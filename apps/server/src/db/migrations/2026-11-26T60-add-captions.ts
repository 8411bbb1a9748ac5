import { sql, type Kysely } from 'kysely'

/** What is said in a video, as WebVTT, and in which language; part of what is signed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add column captions mediumtext null,
      add column captions_language varchar(16) not null default ''
  `.execute(db)
}
