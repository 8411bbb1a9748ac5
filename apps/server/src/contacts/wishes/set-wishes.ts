import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { findWish, lockOwn, type Wish } from './wish-rows.ts'

export type AskedWish = {
  accountId: string
  /** The revision the doctor saw. */
  revision: number
  /** Products that were shown, and those of them that are wanted; others stay as they are. */
  shown: readonly string[]
  wanted: readonly string[]
  mostPerMonth: number | null
  quietFrom: number | null
  quietUntil: number | null
}

/**
 * Keeps how a doctor wants to be sent less. What was changed elsewhere since the page was drawn is not overwritten: the
 * answer is then `elsewhere`, and nothing is kept. The same again changes nothing and leaves no trace.
 */
export async function setWishes(deps: Deps, asked: AskedWish): Promise<'saved' | 'elsewhere'> {
  const { revision } = asked
  return transact(deps.db, async (trx) => {
    const { id: accountId } = await lockOwn(trx, asked.accountId)
    const before = await findWish(trx, accountId)
    const after = wished(before, asked)
    if (isSame(before, after)) return 'saved'
    if (before.revision !== revision) return 'elsewhere'

    const changedAt = deps.now()
    const { unwanted, mostPerMonth, quietFrom, quietUntil } = after
    const row = { unwanted: unwanted.join(','), mostPerMonth, quietFrom, quietUntil, revision: revision + 1, changedAt }
    await trx
      .insertInto('accountWish')
      .values({ accountId, ...row })
      .onDuplicateKeyUpdate(row)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'hcp', id: accountId }, changedAt, {
      event: 'wish.changed',
      subjectId: accountId,
      accountId,
      before: words(before),
      after: words(after),
    })
    return 'saved'
  })
}

function wished(before: Wish, { shown, wanted, mostPerMonth, quietFrom, quietUntil }: AskedWish): Wish {
  const kept = before.unwanted.filter((code) => !shown.includes(code))
  const unwanted = [...kept, ...shown.filter((code) => !wanted.includes(code))].toSorted()
  return { unwanted, mostPerMonth, quietFrom, quietUntil, revision: before.revision }
}

const words = ({ revision: _, ...wish }: Wish) => wish
const isSame = (one: Wish, other: Wish): boolean => JSON.stringify(words(one)) === JSON.stringify(words(other))
