import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** Where something becomes known about a send, each with an index by time. */
const places = {
  decided: ['send', 'decided_at', 'id'],
  fact: ['fact', 'at', 'send_id'],
  read: ['page_view', 'viewed_at', 'send_id'],
} as const
type Place = keyof typeof places

const atOnce = 1_000

/**
 * Sends that something became known about from a moment on, in the order in which it did, page after page: how whatever is
 * kept of sends catches up with them. `until` is the moment a page ends with.
 */
export async function* changedSends(
  db: Kysely<Database>,
  from: Date,
  wanted: readonly Place[],
): AsyncGenerator<{ sendIds: string[]; until: Date; more: boolean }> {
  for (let after = { at: from, id: '' }; ;) {
    const rows = await findChanged(db, after, wanted)
    const last = rows.at(-1)
    if (!last) return
    const more = rows.length === atOnce
    yield { sendIds: [...new Set(rows.map(({ id }) => id))], until: last.at, more }
    if (!more) return
    after = last
  }
}

/** Each place gives a page of its own, so that none is read further than its part of this one. */
async function findChanged(db: Kysely<Database>, after: { at: Date; id: string }, wanted: readonly Place[]) {
  const parts = wanted.map((place) => {
    const [table, at, id] = places[place]
    return sql`(select distinct ${sql.ref(at)} as at, ${sql.ref(id)} as id from ${sql.table(table)}
      where ${sql.ref(at)} >= ${after.at} and (${sql.ref(at)} > ${after.at} or ${sql.ref(id)} > ${after.id})
      order by ${sql.ref(at)}, ${sql.ref(id)} limit ${atOnce})`
  })
  const page = sql<{ at: Date; id: string }>`${sql.join(parts, sql` union `)} order by at, id limit ${atOnce}`
  return (await page.execute(db)).rows
}
