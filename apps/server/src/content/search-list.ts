import { contentKinds } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { pageSize, visible, type ListFilter, type PieceRow, type Scope } from './queries.ts'
import { isFavourite, isListed } from './reach-conditions.ts'
import { factTerm } from './search/grams.ts'
import { findPlaces } from './search/queries.ts'
import { searchPieces, type Found } from './search/search-pieces.ts'

/** Favourites beyond these are looked up piece by piece. */
const mostFavourites = 2_000

/** A page of the rep's list by a search, the best first. What may be found is what may be listed. */
export async function searchList(
  db: Kysely<Database>,
  rep: Scope,
  filter: ListFilter,
  page: { now: Date; cursor: string | null },
): Promise<{ rows: { row: PieceRow; found: Found }[]; next: string | null }> {
  const products = filter.product ? [filter.product] : ['', ...rep.products]
  const kinds = contentKinds
    .filter((kind) => (kind === 'phrase') === (filter.tab === 'phrases'))
    .filter((kind) => filter.kind === '' || filter.kind === kind)
  if (kinds.length === 0) return { rows: [], next: null }
  const mine = filter.view === 'favourites' ? isFavourite(rep) : undefined
  const { found, next } = await searchPieces(db, {
    query: filter.query,
    facts: [
      [factTerm('market', rep.market)],
      products.map((product) => factTerm('product', product)),
      kinds.map((kind) => factTerm('kind', kind)),
    ],
    allowed: (row) =>
      row.and([
        isListed(rep, page.now)(row),
        row('contentItem.product', 'in', products),
        row('contentItem.kind', 'in', kinds),
        ...(mine ? [mine(row)] : []),
      ]),
    among: mine && (await findPlaces(db, mine, mostFavourites)),
    ...{ cursor: page.cursor, limit: pageSize },
  })
  const ids = found.map(({ contentItemId }) => contentItemId)
  const rows = ids.length === 0 ? [] : await visible(db, rep, page.now).where('contentItem.id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.contentItemId, row]))
  const listed = found.flatMap((one) => {
    const row = byId.get(one.contentItemId)
    return row ? [{ row, found: one }] : []
  })
  return { rows: listed, next }
}
