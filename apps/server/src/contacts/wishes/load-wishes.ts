import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { findWish, withoutEnd } from './wish-rows.ts'

/** A pause that is in force. `open`: until the doctor resumes. */
export function pauseOf(pausedUntil: Date | null, now: Date): { until: Date; open: boolean } | null {
  if (!pausedUntil || pausedUntil <= now) return null
  return { until: pausedUntil, open: pausedUntil.getTime() >= withoutEnd.getTime() - 86_400_000 }
}

/** What a doctor wished, beside what the company holds itself to anyway. */
export async function loadWishes(db: Kysely<Database>, accountId: string, now: Date) {
  const [wish, policy, products] = await Promise.all([
    findWish(db, accountId),
    loadPolicy(db, now),
    db.selectFrom('product').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
  ])
  return { wish, policy, products }
}
