import { sql, type Kysely } from 'kysely'

/** Groups of reps are called something in English, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rep_group add column name_en varchar(120) not null default '' after name`.execute(db)
}
