import { countTowardsCap, startOfShanghaiMonth, type FactKind, type PastSend } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import { loadPolicy } from '../../../policy/queries.ts'

/** What hangs on a record: contacts that would go over, and what stays with it and counts for both. */
export async function countMoves(db: Kysely<Database>, accountId: string) {
  const [contacts, sends, assignments, records] = await Promise.all([
    count(sql`select count(*) as counted from external_contact where account_id = ${accountId}`, db),
    count(sql`select count(*) as counted from send where account_id = ${accountId} and outcome = 'authorised'`, db),
    count(sql`select count(*) as counted from account_assignment where account_id = ${accountId}`, db),
    count(sql`select count(*) as counted from account where merged_into = ${accountId}`, db),
  ])
  return { contacts, sends, assignments, records }
}

async function count(question: ReturnType<typeof sql>, db: Kysely<Database>): Promise<number> {
  const { rows } = await question.execute(db)
  return Number((rows[0] as { counted: number | string }).counted) // one row, always
}

/** Sends of these records that use the limit of this month, by the rule of the gate. */
export async function countMonth(db: Kysely<Database>, accountIds: readonly string[], now: Date) {
  const { sendsPerMonth } = await loadPolicy(db, now)
  const rows = await db
    .selectFrom('send')
    .select(['id as sendId', 'repId', 'externalUserId', 'documentId', 'class', 'decidedAt as authorisedAt'])
    .select(sql<string>`(select group_concat(kind) from fact where fact.send_id = send.id)`.as('kinds'))
    .where('accountId', 'in', accountIds)
    .where('outcome', '=', 'authorised')
    .where('decidedAt', '>=', startOfShanghaiMonth(now))
    .execute()
  const sends = rows.map(({ kinds, ...send }): PastSend => ({ ...send, facts: kinds.split(',') as FactKind[] })) // kinds of rows of fact
  return { monthSends: countTowardsCap(sends, now), monthLimit: sendsPerMonth }
}
