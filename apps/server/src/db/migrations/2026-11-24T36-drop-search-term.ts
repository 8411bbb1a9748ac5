import { sql, type Kysely } from 'kysely'

/** A row for each term of each piece took 100 kB a piece; the blocks of the search index took its place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table search_term`.execute(db)
}
