import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table vault_connection
      add column revision int not null default 0,
      add column calls_most int null,
      add column calls_left int null,
      add column rests_until datetime(3) null
  `.execute(db)
}
