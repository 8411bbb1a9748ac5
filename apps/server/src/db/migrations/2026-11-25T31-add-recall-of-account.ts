import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recall_reader add key recall_account (account_id, asked_at)`.execute(db)
}
