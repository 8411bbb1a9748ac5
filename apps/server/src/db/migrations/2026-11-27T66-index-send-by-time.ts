import { sql, type Kysely } from 'kysely'

/** For the sends of one day, whoever they are of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table send add key send_time (decided_at, id)`.execute(db)
}
