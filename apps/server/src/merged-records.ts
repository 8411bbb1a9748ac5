import { sql, type Kysely, type SqlBool } from 'kysely'
import type { Database } from './db/schema.ts'

/** Ids of an account and of those that were merged into it: what was sent to any of them was sent to this HCP. */
export async function findRecordIds(db: Kysely<Database>, accountId: string): Promise<string[]> {
  const rows = await db.selectFrom('account').select('id').where('mergedInto', '=', accountId).execute()
  return [accountId, ...rows.map((row) => row.id)]
}

/** The same within a statement. */
export const recordsOf = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('account')
    .select('account.id')
    .where((eb) => eb.or([eb('account.id', '=', accountId), eb('account.mergedInto', '=', accountId)]))

/** The record that stands for this one since a merge, or itself. */
export async function findWholeId(db: Kysely<Database>, accountId: string): Promise<string> {
  const row = await db.selectFrom('account').select('mergedInto').where('id', '=', accountId).executeTakeFirst()
  return row?.mergedInto ?? accountId
}

/** A statement that a merge carried over and that went back with it is kept and counts no more. */
export const stillSaid = (consent: string) =>
  sql<SqlBool>`not exists (select 1 from undone_consent where undone_consent.consent_id = ${sql.ref(`${consent}.id`)})`

/**
 * The newest word on receiving of the HCP a send went to, also when their record was merged since; of two in the same
 * instant the stricter, as in packages/rules. For statements that read `send`.
 */
export const newestReceive = (column: 'statement' | 'stated_at') => sql`(
  select ${sql.ref(`k.${column}`)} from consent k
  where k.account_id = coalesce((select whole.merged_into from account whole where whole.id = send.account_id),
    send.account_id) and k.purpose = 'receive' and ${stillSaid('k')}
  order by k.stated_at desc, k.statement = 'opted_in', k.id desc limit 1)`

/** Records of the doctors of these territories; one that was merged goes with the record that stands for it. */
export function doctorsOf(db: Kysely<Database>, own: readonly string[]) {
  const territories = own.length > 0 ? own : ['']
  return db
    .selectFrom('account as record')
    .leftJoin('account as whole', 'whole.id', 'record.mergedInto')
    .select('record.id')
    .where(sql<string>`coalesce(whole.territory, record.territory)`, 'in', territories)
}
