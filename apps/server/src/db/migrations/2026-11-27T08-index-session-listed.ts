import { sql, type Kysely } from 'kysely'

/** The newest sessions first, of one person or of all, by keyset. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table session add key session_listed (ended_at, signed_in_at, token_hash)`.execute(db)
}
