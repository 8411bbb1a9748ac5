import { sql, type Kysely } from 'kysely'

/** What the office’s list is narrowed by, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add key content_item_life (state, id),
      add key content_item_owner (owner_id, id),
      add key content_item_product (product, id),
      add key content_item_kind (kind, id),
      add key content_item_held (held_reason, id)
  `.execute(db)
}
