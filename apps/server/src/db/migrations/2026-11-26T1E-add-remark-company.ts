import { sql, type Kysely } from 'kysely'

/** Where a contact works, as the rep noted it in WeCom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table contact_follow add column remark_company varchar(120) not null default ''`.execute(db)
}
