import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table vault_version
      add column title varchar(200) not null default '',
      add column differences longtext null
  `.execute(db)
}
