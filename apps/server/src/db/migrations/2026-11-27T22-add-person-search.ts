import { sql, type Kysely } from 'kysely'

/** What a colleague is found by and in which order they are listed: how the name sounds, then the name. A job fills it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table person
      add column name_search varchar(300) not null default '',
      add key person_search (name_search, id)
  `.execute(db)
}
