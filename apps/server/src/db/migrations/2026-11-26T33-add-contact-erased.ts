import { sql, type Kysely } from 'kysely'

/** Since when what WeCom tells about a contact is not kept any more, because the doctor had it erased. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table external_contact add column erased_at datetime(3) null
  `.execute(db)
}
