import { sql, type Kysely } from 'kysely'

/** One text for each purpose, and the lines that are seen on one screen apart from the full text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table consent_text
      add column purpose varchar(20) not null default 'receive',
      add column summary varchar(2000) not null default '',
      add key consent_text_purpose (purpose, active_from)
  `.execute(db)
}
