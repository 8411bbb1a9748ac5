import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { findMostUsed, findPieces, type PieceRow, type Scope } from './queries.ts'

const everything = { tab: 'content', view: 'all', query: '', product: '', kind: '' } as const

/**
 * The first page as all reps of one line see it, remembered by this instance for `memoryMs`: it is asked for at every
 * opened chat and changes a few times a day. A withdrawal is gone from it within that time, and the gate does not use it.
 */
export function createShelf(db: Kysely<Database>, memoryMs: number) {
  const kept = new Map<string, { rows: Promise<PieceRow[]>; until: number }>()

  function remember(key: string, find: () => Promise<PieceRow[]>): Promise<PieceRow[]> {
    const found = kept.get(key)
    if (found && found.until > performance.now()) return found.rows
    if (kept.size > 1_000) kept.clear()
    const rows = find()
    kept.set(key, { rows, until: performance.now() + memoryMs })
    rows.catch(() => kept.delete(key))
    return rows
  }
  const line = ({ market, products }: Scope) => `${market} ${products.toSorted().join(',')}`

  return {
    newest: (rep: Scope, now: Date) =>
      remember(line(rep), () => findPieces(db, rep, everything, { now, after: undefined })),
    mostUsed: (rep: Scope, specialty: string, now: Date) =>
      remember(`${line(rep)} ${specialty}`, () => findMostUsed(db, rep, specialty, now)),
  }
}
export type Shelf = ReturnType<typeof createShelf>
