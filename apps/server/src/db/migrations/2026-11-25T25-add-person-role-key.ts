import { sql, type Kysely } from 'kysely'

/** Who holds a role is asked for each piece that is handed over to review. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table person_role add key person_role_role (role, person_id)`.execute(db)
}
