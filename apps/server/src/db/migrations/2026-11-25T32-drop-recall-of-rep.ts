import { sql, type Kysely } from 'kysely'

/** What a rep is to tell is found by the doctors they follow, because it may have been asked of somebody before them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recall_reader drop key recall_rep`.execute(db)
}
