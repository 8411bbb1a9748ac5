import type { Policy } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** The policy in force: the newest version that holds already. There is always one, made with the database's first load. */
export async function loadPolicy(db: Kysely<Database>, now: Date): Promise<Policy> {
  return db
    .selectFrom('policy')
    .select(['version', 'sendsPerMonth', 'quietFrom', 'quietUntil', 'sameItemDays', 'askAgainDays', 'ticketSeconds'])
    .select([
      'unknownAfterSeconds',
      'employmentProofMinutes',
      'contactProofHours',
      'consentDays',
      'disclaimerMode',
      'matchReview',
      'vaultProofMinutes',
      'market',
    ])
    .where('holdsFrom', '<=', now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}
