import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'

/** Where changes wait for a second person; whose word about them is heard says `checkSecondPerson` in the rules. */
type ChangeTable = 'policyChange' | 'roleChange' | 'welcomeChange'

/** Throws `bad_request` for a no without a reason. */
export function requireReason({ decision, reason }: { decision: string; reason: string }): void {
  if (decision === 'declined' && reason.length < 3) throw new AppError('bad_request', { field: 'reason' })
}

/** What holds for all is decided one after the other. Its versions cannot be locked: nobody may write to them. */
export async function lockCompany(trx: Transaction<Database>): Promise<void> {
  await trx.selectFrom('company').select('id').where('id', '=', 1).forUpdate().execute()
}

/** The change this person asked for under this request, when it was asked before. */
export function findAsked(
  db: Kysely<Database>,
  table: ChangeTable,
  { proposedBy, requestId }: { proposedBy: string; requestId: string },
) {
  return db
    .selectFrom(table)
    .select(['id', 'decision'])
    .where('proposedBy', '=', proposedBy)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
}
