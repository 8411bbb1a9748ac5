import { sql, type Kysely } from 'kysely'
import type { Cursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import type { Condition } from './reach-conditions.ts'
import { asFacets, facetsCounted } from './search/facets.ts'

export const pageSize = 20
/** Sends of a version are counted so far; more shows as this many. */
const sendsCounted = 1_000

type Page = { allowed: Condition; after: Cursor | undefined; soonest: boolean }

/** One more than a page of versions: newest first, or those that end soonest first. */
export function findOfficePage(db: Kysely<Database>, { allowed, after, soonest }: Page) {
  const rows = db
    .selectFrom('contentItem')
    .select(['contentItem.id', 'contentItem.expiresAt'])
    .where(allowed)
    .limit(pageSize + 1)
  if (!soonest) {
    const newest = rows.orderBy('contentItem.id', 'desc')
    return after ? newest.where('contentItem.id', '<', after.id).execute() : newest.execute()
  }
  const ending = rows.orderBy('contentItem.expiresAt').orderBy('contentItem.id')
  if (!after) return ending.execute()
  return ending
    .where('contentItem.expiresAt', '>=', after.at)
    .where((row) =>
      row.or([
        row('contentItem.expiresAt', '>', after.at),
        row.and([row('contentItem.expiresAt', '=', after.at), row('contentItem.id', '>', after.id)]),
      ]),
    )
    .execute()
}

/** What the office sees of these versions, in this order. */
export async function findOfficeRows(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return []
  const [rows, signed, sends] = await Promise.all([
    db
      .selectFrom('contentItem')
      .leftJoin('person', 'person.id', 'contentItem.ownerId')
      .select(['contentItem.id as contentItemId', 'documentId', 'version', 'title', 'kind', 'class', 'product'])
      .select(['language', 'state', 'effectiveAt', 'expiresAt', 'source', 'heldReason', 'cardHash', 'steps', 'ownerId'])
      .select('person.name as owner')
      .where('contentItem.id', 'in', ids)
      .execute(),
    db
      .selectFrom('contentApproval')
      .select(['contentItemId', (row) => row.fn.count<number>('step').distinct().as('steps')])
      .where('contentItemId', 'in', ids)
      .groupBy('contentItemId')
      .execute(),
    countSends(db, ids),
  ])
  const signatures = new Map(signed.map((row) => [row.contentItemId, Number(row.steps)]))
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.contentItemId === id)
    return row ? [{ ...row, signed: signatures.get(id) ?? 0, sends: sends.get(id) ?? 0 }] : []
  })
}
export type OfficeRow = Awaited<ReturnType<typeof findOfficeRows>>[number]

async function countSends(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, number>> {
  const counts = ids.map(
    (id) => sql`select ${id} as content_item_id, count(*) as sends from (select 1 from send
      where send.content_item_id = ${id} and send.outcome = 'authorised' limit ${sendsCounted}) some`,
  )
  const { rows } = await sql<{ contentItemId: string; sends: number }>`${sql.join(counts, sql` union all `)}`.execute(
    db,
  )
  return new Map(rows.map(({ contentItemId, sends }) => [contentItemId, Number(sends)]))
}

/** Counts by product, kind, language and state among the newest versions of a view. */
export async function countNewest(db: Kysely<Database>, allowed: Condition) {
  const newest = db
    .selectFrom('contentItem')
    .select(['contentItem.product', 'contentItem.kind', 'contentItem.language', 'contentItem.state'])
    .where(allowed)
    .orderBy('contentItem.id', 'desc')
    .limit(facetsCounted + 1)
  const rows = await newest.execute()
  return asFacets(rows.slice(0, facetsCounted), rows.length > facetsCounted)
}
