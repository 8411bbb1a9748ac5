import { sql, type Kysely } from 'kysely'

/** What the company asks doctors itself: nothing, its text once matched, or also when a contact is added. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table policy
      add column disclaimer_mode tinyint not null default 1,
      add check (disclaimer_mode between 0 and 2)
  `.execute(db)
}
