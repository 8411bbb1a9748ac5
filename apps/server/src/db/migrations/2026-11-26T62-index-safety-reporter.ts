import { sql, type Kysely } from 'kysely'

/** What a doctor reported themselves, for their copy and for what an erasure keeps. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table safety_report
      add key safety_report_account (account_id, id),
      add key safety_report_reader (external_user_id, id)
  `.execute(db)
}
