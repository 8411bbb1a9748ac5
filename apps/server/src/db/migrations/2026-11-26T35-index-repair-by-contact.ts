import { sql, type Kysely } from 'kysely'

/** Names in old repairs go with an erasure. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table contact_repair add key contact_repair_contact (external_user_id)
  `.execute(db)
}
