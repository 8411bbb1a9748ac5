import { sql, type Kysely } from 'kysely'

/** Renewals somebody was called to are found for their list. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table review_call add key review_call_person (person_id, renews_until)`.execute(db)
}
