import { sql, type Kysely } from 'kysely'

/** What a reader tapped before WeChat was asked who they are, to be done when it has answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sign_in add column wanted varchar(1000) null
  `.execute(db)
}
