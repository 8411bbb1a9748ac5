import type { HomePart, HomePartFound, HomeRow } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'

export type Asked = {
  deps: Deps
  db: Kysely<Database>
  personId: string
  roles: readonly string[]
  at: Date
  /** Territories this person sees; null: all. */
  scope: readonly string[] | null
}

export type Waiting = Omit<HomePartFound, 'part' | 'outcome'>

/** One kind of work: who may do it and what waits of it. */
export type Part = {
  part: HomePart
  roles: readonly string[]
  find: (asked: Asked) => Promise<Waiting>
}

/** So many are read of a kind; beyond that it says “and more”. */
export const mostCounted = 200
const shown = 4
const dayMs = 86_400_000

export type Found = { rowId: string; title: string; at: Date } & Partial<HomeRow>

const asRow = (found: Found, dueAt: Date | null): HomeRow => ({
  ...{ titleEn: found.title, by: '', count: null },
  ...found,
  dueAt,
})

/** What waits, read oldest first and one more than is counted; `days` is how soon it should be done. */
export function waitingSince(found: readonly Found[], at: Date, days: number | null): Waiting {
  const counted = found.slice(0, mostCounted)
  const dueAt = (one: Found) => one.dueAt ?? (days === null ? null : new Date(one.at.getTime() + days * dayMs))
  return {
    ...{ count: counted.length, more: found.length > mostCounted, days },
    pressing: counted.filter((one) => (dueAt(one) ?? at) < at).length,
    oldestAt: counted[0]?.at ?? null,
    rows: counted.slice(0, shown).map((one) => asRow(one, dueAt(one))),
  }
}
