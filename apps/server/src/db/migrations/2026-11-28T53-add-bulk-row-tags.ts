import { sql, type Kysely } from 'kysely'

/** The tags of a piece as they were and as they are since, so that the change can be taken back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table bulk_act_row
      add column tags_before varchar(400) null,
      add column tags_after varchar(400) null
  `.execute(db)
}
