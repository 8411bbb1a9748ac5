import { sql } from 'kysely'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'

/** What is counted, and how many tries it allows within a quarter of an hour, over all instances. */
export type Budget = { about: string; tries: number }
const windowMs = 15 * 60_000

/**
 * Counts a try before it is made, so that many at once are not one. Throws `too_many_requests` once a budget is spent;
 * what is refused so is not counted, and the budget is whole again a quarter of an hour after its first try: nobody can
 * keep others out by trying on.
 */
export async function countAttempt(deps: Deps, budgets: readonly Budget[]): Promise<void> {
  for (const { about, tries } of budgets) {
    const waitMs = await countOne(deps, deps.secrets.blur(about), tries)
    if (waitMs !== null) throw new AppError('too_many_requests', { retryAfterMs: waitMs })
  }
}

/** How long to wait, or null when this try is one of those allowed. */
async function countOne({ db, now }: Deps, bucket: string, tries: number): Promise<number | null> {
  const at = now()
  const over = new Date(at.getTime() - windowMs)
  await db.insertInto('attemptCount').ignore().values({ bucket, attempts: 0, since: at }).execute()
  const counted = await db
    .updateTable('attemptCount')
    .set({
      attempts: sql`if(since <= ${over}, 1, attempts + 1)`,
      since: sql`if(since <= ${over}, ${at}, since)`,
    })
    .where('bucket', '=', bucket)
    .where((eb) => eb.or([eb('attempts', '<', tries), eb('since', '<=', over)]))
    .executeTakeFirst()
  if (counted.numUpdatedRows > 0n) return null
  const row = await db.selectFrom('attemptCount').select('since').where('bucket', '=', bucket).executeTakeFirst()
  return row ? Math.max(1_000, row.since.getTime() + windowMs - at.getTime()) : null
}

/** Whoever got in begins anew. */
export async function forgetAttempts({ db, secrets }: Deps, budgets: readonly Budget[]): Promise<void> {
  const buckets = budgets.map(({ about }) => secrets.blur(about))
  await db.deleteFrom('attemptCount').where('bucket', 'in', buckets).execute()
}
