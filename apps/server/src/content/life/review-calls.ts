import type { ReviewStep } from '@vouch/rules'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** The round of a first review; one that extends is known by the day it asks for. */
export const firstRound = new Date(0)

type Round = {
  contentItemId: string
  /** Steps that nobody has signed. */
  steps: readonly ReviewStep[]
  renewsUntil: Date | null
  /** Who wrote it, and who has signed. */
  without: readonly (string | null)[]
  at: Date
}

/**
 * Owes everybody who holds the role of an open step a call to this round, once, inside the transaction that opens it.
 * The job gathers what came within a minute.
 */
export async function askReviewers(trx: Transaction<Database>, round: Round): Promise<void> {
  const { contentItemId, steps, renewsUntil, without, at } = round
  if (steps.length === 0) return
  const people = without.filter((id) => id !== null)
  await trx
    .insertInto('reviewCall')
    .ignore()
    .columns(['contentItemId', 'personId', 'renewsUntil', 'askedAt', 'settledAt'])
    .expression((eb) =>
      eb
        .selectFrom('personRole')
        .innerJoin('person', 'person.id', 'personRole.personId')
        .select([sql.val(contentItemId).as('contentItemId'), 'personRole.personId'])
        .select([sql.val(renewsUntil ?? firstRound).as('renewsUntil'), sql.val(at).as('askedAt')])
        .select(sql<Date | null>`null`.as('settledAt'))
        .distinct()
        .where('personRole.role', 'in', steps)
        .where('person.status', '=', 'active')
        .where((row) => row.or([row('personRole.until', 'is', null), row('personRole.until', '>', at)]))
        .$if(people.length > 0, (query) => query.where('personRole.personId', 'not in', people)),
    )
    .execute()
}
