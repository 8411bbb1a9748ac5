import { sql, type Kysely } from 'kysely'

/** Tags that many pieces get or lose at once, and what such a change takes back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table bulk_act
      add column tags_added varchar(400) not null default '',
      add column tags_removed varchar(400) not null default '',
      add column undoes varchar(26) character set ascii collate ascii_bin null
  `.execute(db)
}
