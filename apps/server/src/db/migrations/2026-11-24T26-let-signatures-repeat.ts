import { sql, type Kysely } from 'kysely'

/** Who signed once may sign again to extend. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table content_approval
      drop primary key,
      add primary key (content_item_id, step, person_id, signed_at)
  `.execute(db)
}
