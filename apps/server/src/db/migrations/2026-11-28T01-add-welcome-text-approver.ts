import { sql, type Kysely } from 'kysely'

/** Who the second person was. Words of before there had to be one have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table welcome_text
      add column approved_by varchar(26) character set ascii collate ascii_bin null
  `.execute(db)
}
