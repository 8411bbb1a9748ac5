import { sql, type Kysely } from 'kysely'

/** Where a member of another company on WeCom works, as that company says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table external_contact add column company varchar(120) not null default ''`.execute(db)
}
