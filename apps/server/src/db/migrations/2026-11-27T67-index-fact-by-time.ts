import { sql, type Kysely } from 'kysely'

/** For what became known since a moment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table fact add key fact_time (at, send_id)`.execute(db)
}
