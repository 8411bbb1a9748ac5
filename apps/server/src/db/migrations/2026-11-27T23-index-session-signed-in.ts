import { sql, type Kysely } from 'kysely'

/** When somebody last signed in is shown beside everybody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table session drop key session_person, add key session_person_signed_in (person_id, signed_in_at)
  `.execute(db)
}
