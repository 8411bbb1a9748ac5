import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add key content_item_state (state, expires_at, id)
  `.execute(db)
}
