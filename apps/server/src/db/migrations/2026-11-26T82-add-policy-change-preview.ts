import { sql, type Kysely } from 'kysely'

/** The preview that whoever approves looks at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table policy_change
      add column preview_id varchar(26) character set ascii collate ascii_bin null
  `.execute(db)
}
