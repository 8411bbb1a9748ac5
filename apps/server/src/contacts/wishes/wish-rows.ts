import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'

/** A pause without an end is one that ends when nobody is left to see it. */
export const withoutEnd = new Date('9999-12-31T00:00:00.000Z')

export type Wish = {
  unwanted: string[]
  mostPerMonth: number | null
  quietFrom: number | null
  quietUntil: number | null
  /** 0 before the first wish. */
  revision: number
}

export async function findWish(db: Kysely<Database>, accountId: string): Promise<Wish> {
  const row = await db
    .selectFrom('accountWish')
    .select(['unwanted', 'mostPerMonth', 'quietFrom', 'quietUntil', 'revision'])
    .where('accountId', '=', accountId)
    .executeTakeFirst()
  if (!row) return { unwanted: [], mostPerMonth: null, quietFrom: null, quietUntil: null, revision: 0 }
  return { ...row, unwanted: row.unwanted ? row.unwanted.split(',') : [] }
}

/**
 * Locks the account as each send does, so that a wish is wholly before or wholly after it; the one it was merged into a
 * moment ago, if it was.
 */
export async function lockOwn(
  trx: Transaction<Database>,
  accountId: string,
): Promise<{ id: string; pausedUntil: Date | null }> {
  const account = await trx
    .selectFrom('account')
    .select(['id', 'pausedUntil', 'mergedInto'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!account) throw new AppError('account_not_found')
  return account.mergedInto ? lockOwn(trx, account.mergedInto) : account
}
