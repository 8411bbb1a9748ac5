import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'

/** Records of what systems told are kept for at least six months (assurance.md R22); a half-year has 184 days at most. */
const keptMs = 190 * 86_400_000
/** Rows a statement: none holds up the journal or those who settle. */
const atOnce = 500
const longestMs = 50_000

/**
 * Job: removes messages of WeCom whose effect was recorded long ago, the oldest first. What came of them stays in the
 * relations and in the audit trail; one that is not settled, or that a welcome is owed for, stays itself.
 */
export async function forgetCallbackEvents({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - keptMs)
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) {
    const rows = await db
      .selectFrom('callbackEvent')
      .select('digest')
      .where('settledAt', '<', before)
      .where('welcomeAt', 'is', null)
      .orderBy('settledAt')
      .limit(atOnce)
      .execute()
    const digests = rows.map(({ digest }) => digest)
    // By their digests, in one order: whoever removes the same ones waits and finds them gone.
    if (digests.length > 0)
      await transact(db, (trx) => trx.deleteFrom('callbackEvent').where('digest', 'in', digests.toSorted()).execute())
    if (digests.length < atOnce) return
  }
}
