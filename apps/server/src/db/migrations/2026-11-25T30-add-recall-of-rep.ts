import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recall_reader add key recall_rep (rep_id, asked_at, account_id)`.execute(db)
}
