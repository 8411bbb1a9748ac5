import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'

/** What a person may put right, and what a merge compares. */
const ownColumns = [
  ...(['id', 'externalId', 'name', 'title', 'post', 'hospitalId', 'campus', 'department', 'specialty'] as const),
  ...(['territory', 'licenceNumber', 'hcpVerified', 'verifiedSource', 'verifiedAt', 'verifiedBy', 'active'] as const),
  ...(['corrected', 'mergedInto', 'pausedUntil', 'revision'] as const),
] as const

/** Locks accounts in the order of their ids, as everybody does who needs more than one. */
export function lockAccounts(trx: Transaction<Database>, ids: readonly string[]) {
  return trx.selectFrom('account').select(ownColumns).where('id', 'in', ids).orderBy('id').forUpdate().execute()
}
export type AccountOwn = Awaited<ReturnType<typeof lockAccounts>>[number]

/** The same to look at. */
export const findAccounts = (db: Kysely<Database>, ids: readonly string[]): Promise<AccountOwn[]> =>
  db.selectFrom('account').select(ownColumns).where('id', 'in', ids).execute()

/** Throws `account_not_found`, and `stale_revision` when it changed since it was shown or was merged. */
export async function lockOneAccount(
  trx: Transaction<Database>,
  accountId: string,
  revision: number,
): Promise<AccountOwn> {
  const [account] = await lockAccounts(trx, [accountId])
  if (!account) throw new AppError('account_not_found')
  if (account.revision !== revision || account.mergedInto) throw new AppError('stale_revision')
  return account
}
