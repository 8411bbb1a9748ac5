import { sql, type Kysely } from 'kysely'

/** A draft that is asked for twice with one request id is made once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item
      add column request_id char(36) character set ascii collate ascii_bin null,
      add unique key content_item_request (owner_id, request_id)
  `.execute(db)
}
