import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { loadScope } from '../sends/queries.ts'
import { findMostUsed, findPieces, type Scope } from './queries.ts'

const everything = { tab: 'content', view: 'all', query: '', product: '', kind: '' } as const

/**
 * What pages ask for at every opened chat and what changes a few times a day, remembered by this instance for `memoryMs`:
 * the first page as all reps of one line see it, what is sent most, a rep's scope with the policy. A withdrawal is gone
 * from it within that time; the gate of a send never uses it. From half of it on the answer is looked up anew beside the
 * ask that came, so that who asks often never waits.
 */
export function createShelf(db: Kysely<Database>, memoryMs: number) {
  const kept = new Map<string, { found: Promise<unknown>; until: number; renewing: boolean }>()

  function remember<T>(key: string, find: () => Promise<T>): Promise<T> {
    const known = kept.get(key)
    const left = known ? known.until - performance.now() : 0
    if (!known || left <= 0) return lookUp(key, find)
    if (left < memoryMs / 2 && !known.renewing) {
      known.renewing = true
      const until = performance.now() + memoryMs
      const keep = (found: T) => kept.set(key, { found: Promise.resolve(found), until, renewing: false })
      find().then(keep, () => {}) // when it fails the answer at hand stands until its time is over
    }
    return known.found as Promise<T> // a key belongs to one question
  }

  function lookUp<T>(key: string, find: () => Promise<T>): Promise<T> {
    if (kept.size > 2_000) kept.clear()
    const found = find()
    kept.set(key, { found, until: performance.now() + memoryMs, renewing: false })
    found.catch(() => kept.delete(key))
    return found
  }
  const line = ({ market, products, territories, groups }: Scope) =>
    [market, ...[products, territories, groups].map((some) => some.toSorted().join(','))].join(' ')

  return {
    newest: (rep: Scope, now: Date) =>
      remember(`newest ${line(rep)}`, () => findPieces(db, rep, everything, { now, after: undefined })),
    mostUsed: (rep: Scope, specialty: string, now: Date) =>
      remember(`used ${line(rep)} ${specialty}`, () => findMostUsed(db, rep, specialty, now)),
    scope: (repId: string, now: Date) => remember(`scope ${repId}`, () => loadScope(db, repId, now)),
    /** Whoever changed what is remembered sees it at once on this instance; the others follow within `memoryMs`. */
    forget: (): void => kept.clear(),
  }
}
export type Shelf = ReturnType<typeof createShelf>
