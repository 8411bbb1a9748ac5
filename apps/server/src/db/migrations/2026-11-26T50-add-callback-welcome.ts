import { sql, type Kysely } from 'kysely'

/** When the welcome a message allows is to be looked at next; null where there is none, or none any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table callback_event
      add column welcome_at datetime(3) null,
      add key callback_event_welcome (welcome_at)
  `.execute(db)
}
