import type { HomePart, HomePartFound, HomeRow } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
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
  /** Undefined: none of their business after all. */
  find: (asked: Asked) => Promise<Waiting | undefined>
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

type Column<T extends keyof Database> = keyof Database[T] & string
type Rows<T extends keyof Database> = {
  from: T
  /** Whoever asked, and when. */
  by: Column<T>
  since: Column<T>
  /** The column that says that a row waits, and what it says then. */
  waits: readonly [Column<T>, string | number]
  /** What a row is called, else by who asked. */
  title?: Column<T>
  days: number
}

/** Finds rows that wait for somebody else than who asked, the oldest first: their ids are in the order of time. */
export function othersOf<T extends keyof Database>({ from, by, since, waits, title, days }: Rows<T>): Part['find'] {
  const [life, waiting] = waits
  const column = (name: string) => sql.ref(`asked.${name}`)
  const named = title ? sql`${column(title)} as title, person.name as ${sql.ref('by')}` : sql`person.name as title`
  return async ({ db, personId, at }) => {
    const { rows } = await sql<Found>`
      select asked.id as row_id, ${column(since)} as at, ${named}
      from ${sql.table(from)} asked join person on person.id = ${column(by)}
      where ${column(life)} = ${waiting} and ${column(by)} <> ${personId}
      order by asked.id limit ${mostCounted + 1}`.execute(db)
    return waitingSince(rows, at, days)
  }
}
