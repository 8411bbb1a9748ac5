import { sql, type Kysely } from 'kysely'

/** Who is told of adverse reactions first, and within how many days the authority is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table company
      add column safety_owner_id varchar(26) character set ascii collate ascii_bin null,
      add column safety_serious_days int not null default 15,
      add column safety_other_days int not null default 30
  `.execute(db)
}
