import { sql, type Kysely } from 'kysely'

/** Whether the office entered a paper, or the rep in the chat with the doctor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table consent_paper add column entered_in varchar(10) not null default 'office'`.execute(db)
}
