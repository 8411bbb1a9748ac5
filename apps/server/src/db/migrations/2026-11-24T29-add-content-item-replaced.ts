import { sql, type Kysely } from 'kysely'

/** Approved versions whose list time is over wait to be superseded: found every few seconds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add key content_item_replaced (state, listed_until)
  `.execute(db)
}
