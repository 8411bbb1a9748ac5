import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { loadScope } from '../sends/queries.ts'
import { findMostUsed, findPieces, type Scope } from './queries.ts'

const everything = { tab: 'content', view: 'all', query: '', product: '', kind: '' } as const

/**
 * What pages ask for at every opened chat and what changes a few times a day, remembered by this instance for `memoryMs`:
 * the first page as all reps of one line see it, what is sent most, a rep's scope with the policy. A withdrawal is gone
 * from it within that time; the gate of a send never uses it.
 */
export function createShelf(db: Kysely<Database>, memoryMs: number) {
  const kept = new Map<string, { found: Promise<unknown>; until: number }>()

  function remember<T>(key: string, find: () => Promise<T>): Promise<T> {
    const known = kept.get(key)
    if (known && known.until > performance.now()) return known.found as Promise<T> // a key belongs to one question
    if (kept.size > 2_000) kept.clear()
    const found = find()
    kept.set(key, { found, until: performance.now() + memoryMs })
    found.catch(() => kept.delete(key))
    return found
  }
  const line = ({ market, products }: Scope) => `${market} ${products.toSorted().join(',')}`

  return {
    newest: (rep: Scope, now: Date) =>
      remember(`newest ${line(rep)}`, () => findPieces(db, rep, everything, { now, after: undefined })),
    mostUsed: (rep: Scope, specialty: string, now: Date) =>
      remember(`used ${line(rep)} ${specialty}`, () => findMostUsed(db, rep, specialty, now)),
    scope: (repId: string, now: Date) => remember(`scope ${repId}`, () => loadScope(db, repId, now)),
  }
}
export type Shelf = ReturnType<typeof createShelf>
