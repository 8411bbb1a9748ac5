import type { Input, repEndpoints } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Cursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { contentColumns } from '../sends/queries.ts'

export const pageSize = 20
export type ListFilter = Pick<Input<typeof repEndpoints.listPieces>, 'tab' | 'view' | 'query' | 'product' | 'kind'>

/** What a rep may see at all: their products (or none), their market, approved or just withdrawn. One rule for list and search. */
function visible(db: Kysely<Database>, rep: { id: string; products: string[]; market: string }, now: Date) {
  return db
    .selectFrom('contentItem')
    .leftJoin('favourite', (join) =>
      join.onRef('favourite.documentId', '=', 'contentItem.documentId').on('favourite.repId', '=', rep.id),
    )
    .select(contentColumns)
    .select(['favourite.createdAt as favouriteAt'])
    .select(sql<string>`if(content_item.kind = 'phrase', content_item.body, '')`.as('body'))
    .where('contentItem.market', '=', rep.market)
    .where('contentItem.product', 'in', ['', ...rep.products])
    .where('contentItem.listedUntil', '>', now)
    .where('contentItem.class', '!=', 'consent')
}

/** Newest first by keyset; one row more than a page, to know whether there is another. */
export function findPieces(
  db: Kysely<Database>,
  rep: { id: string; products: string[]; market: string },
  filter: ListFilter,
  page: { now: Date; after: Cursor | undefined; without: string[] },
) {
  let rows = visible(db, rep, page.now)
    .where('contentItem.kind', filter.tab === 'phrases' ? '=' : '!=', 'phrase')
    .orderBy('contentItem.publishedAt', 'desc')
    .orderBy('contentItem.id', 'desc')
    .limit(pageSize + 1)
  if (filter.view === 'favourites') rows = rows.where('favourite.createdAt', 'is not', null)
  if (filter.product) rows = rows.where('contentItem.product', '=', filter.product)
  if (filter.kind) rows = rows.where('contentItem.kind', '=', filter.kind)
  for (const word of words(filter.query)) rows = rows.where('contentItem.searchText', 'like', `%${escapeLike(word)}%`)
  if (page.without.length > 0) rows = rows.where('contentItem.documentId', 'not in', page.without)
  const { after } = page
  if (!after) return rows.execute()
  return rows
    .where('contentItem.publishedAt', '<=', after.at)
    .where((eb) =>
      eb.or([
        eb('contentItem.publishedAt', '<', after.at),
        eb.and([eb('contentItem.publishedAt', '=', after.at), eb('contentItem.id', '<', after.id)]),
      ]),
    )
    .execute()
}
export type PieceRow = Awaited<ReturnType<typeof findPieces>>[number]

/** What this HCP asked for, then what is sent most to their specialty: at most `limit` rows. */
export function findSuggested(
  db: Kysely<Database>,
  rep: { id: string; products: string[]; market: string },
  account: { id: string; specialty: string },
  now: Date,
  limit: number,
) {
  return visible(db, rep, now)
    .leftJoin('contentUse', (join) =>
      join
        .onRef('contentUse.documentId', '=', 'contentItem.documentId')
        .on('contentUse.specialty', '=', account.specialty),
    )
    .leftJoin('contentAsk', (join) =>
      join
        .onRef('contentAsk.documentId', '=', 'contentItem.documentId')
        .on('contentAsk.accountId', '=', account.id)
        .on('contentAsk.askedAt', '>', new Date(now.getTime() - 30 * 86_400_000)),
    )
    .select(['contentAsk.askedAt', 'contentUse.sends'])
    .where('contentItem.kind', '!=', 'phrase')
    .where(
      'contentItem.documentId',
      'in',
      sql<string>`(select document_id from (
        (select document_id from content_ask where account_id = ${account.id})
        union
        (select document_id from content_use where specialty = ${account.specialty} order by sends desc limit 5)
      ) as suggested)`,
    )
    .orderBy('contentAsk.askedAt', 'desc')
    .orderBy('contentUse.sends', 'desc')
    .limit(limit)
    .execute()
}

/** A search as its words, lower-cased; at most five count. */
export const words = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

export function findProducts(db: Kysely<Database>, codes: string[]) {
  if (codes.length === 0) return Promise.resolve([])
  return db.selectFrom('product').select(['code', 'name']).where('code', 'in', codes).orderBy('code').execute()
}

type Scope = { id: string; products: string[]; market: string }

/** One piece within the rep's reach, whatever its state; pieces of other products do not exist for them. */
export function findPiece(db: Kysely<Database>, rep: Scope, contentItemId: string) {
  return db
    .selectFrom('contentItem')
    .leftJoin('favourite', (join) =>
      join.onRef('favourite.documentId', '=', 'contentItem.documentId').on('favourite.repId', '=', rep.id),
    )
    .select(contentColumns)
    .select(['favourite.createdAt as favouriteAt', 'contentItem.body'])
    .where('contentItem.id', '=', contentItemId)
    .where('contentItem.product', 'in', ['', ...rep.products])
    .where('contentItem.state', 'not in', ['draft', 'in_review'])
    .executeTakeFirst()
}

/** Approved phrases to open with: those that are sendable now, newest first, a handful. */
export function findOpenings(db: Kysely<Database>, rep: Scope, now: Date) {
  return db
    .selectFrom('contentItem')
    .select(['id as contentItemId', 'body'])
    .where('kind', '=', 'phrase')
    .where('state', '=', 'approved')
    .where('market', '=', rep.market)
    .where('product', 'in', ['', ...rep.products])
    .where((eb) => eb.or([eb('effectiveAt', 'is', null), eb('effectiveAt', '<=', now)]))
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
    .orderBy('publishedAt', 'desc')
    .limit(5)
    .execute()
}

/** Phrases may name the doctor and the rep and nothing else. */
export function fillNames(text: string, names: { doctor: string; rep: string }): string {
  return text.replaceAll('{doctor}', names.doctor).replaceAll('{rep}', names.rep)
}
