import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table import_run
      add column rows_new int not null default 0,
      add column rows_new_version int not null default 0,
      add column rows_changed int not null default 0,
      add column rows_unchanged int not null default 0
  `.execute(db)
}
