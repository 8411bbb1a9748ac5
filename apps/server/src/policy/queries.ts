import type { Policy } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** What a company begins with (design.md 7). */
export const firstPolicy = {
  ...{ sendsPerMonth: 4, quietFrom: 22 * 60, quietUntil: 8 * 60, sameItemDays: 14, askAgainDays: 90 },
  ...{ ticketSeconds: 90, unknownAfterSeconds: 600, employmentProofMinutes: 15, contactProofHours: 24 },
  ...{ consentDays: null, market: 'CN' },
}

/** The policy in force: the newest version that holds already. There is always one: a server makes the first as it starts. */
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
