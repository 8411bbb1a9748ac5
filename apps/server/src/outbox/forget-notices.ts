import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'

/** The audit trail says for good who was told; the words of a message are kept for as long as somebody may ask. */
const keptMs = 30 * 86_400_000
/** Rows a statement: none holds up those who owe or deliver. */
const atOnce = 500
const longestMs = 50_000

/**
 * Job: removes notices that were delivered long ago, the oldest first. One that is owed, or that could not be delivered,
 * stays.
 */
export async function forgetNotices({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - keptMs)
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) {
    const rows = await db
      .selectFrom('outbox')
      .select('id')
      .where('sentAt', '<', before)
      .orderBy('sentAt')
      .limit(atOnce)
      .execute()
    const ids = rows.map(({ id }) => id)
    // By their ids, in one order: whoever removes the same ones waits and finds them gone.
    if (ids.length > 0)
      await transact(db, (trx) => trx.deleteFrom('outbox').where('id', 'in', ids.toSorted()).execute())
    if (ids.length < atOnce) return
  }
}
