import { sql, type Kysely } from 'kysely'

/** Room for blocks of 32,768 places: fewer rows for each term of a search. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table search_block modify places varbinary(4096) not null`.execute(db)
}
