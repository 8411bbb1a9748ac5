import type { Transaction } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import { findWish, type Wish } from '../../wishes/wish-rows.ts'
import type { Was } from './merge-rows.ts'
import { tighterWish } from './tighter-wish.ts'

/** The survivor's wish as the tighter of both; null when that is what it was. */
export async function takeWish(
  trx: Transaction<Database>,
  { from, to }: { from: string; to: string },
  changedAt: Date,
): Promise<Was['wish']> {
  const [ours, theirs] = [await findWish(trx, to), await findWish(trx, from)]
  if (theirs.revision === 0) return null
  const { revision, ...was } = ours
  const after = tighterWish(was, theirs)
  if (JSON.stringify(after) === JSON.stringify(was)) return null
  await writeWish(trx, to, { ...after, revision: revision + 1 }, changedAt)
  return { was: revision === 0 ? null : was, leftRevision: revision + 1 }
}

/** Gives the wish back, unless the doctor said another since. */
export async function giveWishBack(
  trx: Transaction<Database>,
  accountId: string,
  wish: Was['wish'],
  changedAt: Date,
): Promise<void> {
  if (!wish) return
  const now = await findWish(trx, accountId)
  if (now.revision !== wish.leftRevision) return
  const none = { unwanted: [], mostPerMonth: null, quietFrom: null, quietUntil: null }
  await writeWish(trx, accountId, { ...(wish.was ?? none), revision: now.revision + 1 }, changedAt)
}

async function writeWish(
  trx: Transaction<Database>,
  accountId: string,
  { unwanted, ...wish }: Wish,
  changedAt: Date,
): Promise<void> {
  const row = { ...wish, unwanted: unwanted.join(','), changedAt }
  await trx
    .insertInto('accountWish')
    .values({ accountId, ...row })
    .onDuplicateKeyUpdate(row)
    .execute()
}
