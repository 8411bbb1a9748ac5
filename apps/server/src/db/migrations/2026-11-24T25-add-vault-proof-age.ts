import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table policy
      add column vault_proof_minutes int null
  `.execute(db)
}
