import { sql, type Kysely } from 'kysely'

/** When somebody last proved who they are, after they signed in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table session add column proved_at datetime(3) null`.execute(db)
}
