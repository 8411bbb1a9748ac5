import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sign_in
      add column proof_id varchar(26) character set ascii collate ascii_bin null
  `.execute(db)
}
