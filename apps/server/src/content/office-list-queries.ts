import type { listOrders } from '@vouch/contract'
import type { Kysely, SelectQueryBuilder } from 'kysely'
import { directionOf, isAfter, type Cursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { findVersionFigures } from '../reports/version-queries.ts'
import type { Condition } from './reach-conditions.ts'
import { asFacets, facetsCounted } from './search/facets.ts'

export const pageSize = 20

type Order = (typeof listOrders.content)[number]
type Page = { allowed: Condition; after: Cursor | undefined; order: Order }
type Placed = { id: string; expiresAt: Date | null }

/** What stands in a cursor for a version that never ends. */
export const endless = new Date(0)

/** One more than a page of versions, in an order of the list; without one the newest first. */
export function findOfficePage(db: Kysely<Database>, { allowed, after, order }: Page): Promise<Placed[]> {
  const rows = db
    .selectFrom('contentItem')
    .select(['contentItem.id', 'contentItem.expiresAt'])
    .where(allowed)
    .limit(pageSize + 1)
  if (order === 'title' || order === '-title') return byTitle(db, rows, order, after)
  if (order !== '') return byEnd(rows, order, after)
  const newest = rows.orderBy('contentItem.id', 'desc')
  return after ? newest.where('contentItem.id', '<', after.id).execute() : newest.execute()
}

type Rows = SelectQueryBuilder<Database, 'contentItem', Placed>

/** By how titles sound. The cursor names a version; one that is gone begins anew. */
async function byTitle(db: Kysely<Database>, rows: Rows, order: Order, after: Cursor | undefined) {
  const last =
    after && (await db.selectFrom('contentItem').select('titleSound').where('id', '=', after.id).executeTakeFirst())
  const begun =
    after && last
      ? rows.where(isAfter(order, ['contentItem.titleSound', 'contentItem.id'], [last.titleSound, after.id]))
      : rows
  const direction = directionOf(order)
  return begun.orderBy('contentItem.titleSound', direction).orderBy('contentItem.id', direction).execute()
}

/** Versions that never end come last, whichever way the others stand: they are read once the others are through. */
async function byEnd(rows: Rows, order: Order, after: Cursor | undefined) {
  const direction = directionOf(order)
  const through = after?.at.getTime() === endless.getTime()
  const ending = rows.where('contentItem.expiresAt', 'is not', null)
  const place = after && ending.where(isAfter(order, ['contentItem.expiresAt', 'contentItem.id'], [after.at, after.id]))
  const ends = through
    ? []
    : await (place ?? ending).orderBy('contentItem.expiresAt', direction).orderBy('contentItem.id', direction).execute()
  if (ends.length > pageSize) return ends
  const never = rows.where('contentItem.expiresAt', 'is', null).orderBy('contentItem.id', direction)
  const rest = through ? never.where('contentItem.id', direction === 'asc' ? '>' : '<', after.id) : never
  return [...ends, ...(await rest.limit(pageSize + 1 - ends.length).execute())]
}

/** What the office sees of these versions, in this order; how they were sent in these territories, or everywhere (null). */
export async function findOfficeRows(
  db: Kysely<Database>,
  ids: readonly string[],
  territories: readonly string[] | null,
) {
  if (ids.length === 0) return []
  const [rows, signed, figures] = await Promise.all([
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
    findVersionFigures(db, ids, territories),
  ])
  const signatures = new Map(signed.map((row) => [row.contentItemId, Number(row.steps)]))
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.contentItemId === id)
    return row ? [{ ...row, signed: signatures.get(id) ?? 0, figures: figures.get(id) ?? null }] : []
  })
}
export type OfficeRow = Awaited<ReturnType<typeof findOfficeRows>>[number]

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
