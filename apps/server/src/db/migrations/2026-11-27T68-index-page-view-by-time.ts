import { sql, type Kysely } from 'kysely'

/** For what was read since a moment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table page_view add key page_view_time (viewed_at, send_id)`.execute(db)
}
