import { sql, type Kysely } from 'kysely'

/** When a match counts only after somebody of the office looked at it too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table policy
      add column match_review varchar(10) not null default 'off',
      add check (match_review in ('off', 'weak', 'always'))
  `.execute(db)
}
