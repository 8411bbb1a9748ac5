import { sql, type Kysely } from 'kysely'

/** What hangs on the bytes of a piece, WeCom's copy above all, is found without reading every piece. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_item add key content_item_file (file_hash)
  `.execute(db)
}
