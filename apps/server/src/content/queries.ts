import type { Input, repEndpoints } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Cursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { contentColumns } from '../sends/queries.ts'
import { isFavourite, isListed, ofProducts, reaches } from './reach-conditions.ts'

export const pageSize = 20
export type ListFilter = Pick<Input<typeof repEndpoints.listPieces>, 'tab' | 'view' | 'query' | 'product' | 'kind'>

/** What decides which pieces a rep is shown, and who they are. */
export type Scope = { id: string; products: string[]; territories: string[]; groups: string[]; market: string }

/** The documents a script sends one after the other, separated by commas; null for what is none. */
const stepsColumn = sql<
  string | null
>`if(content_item.kind = 'script', (select group_concat(document_id) from script_piece
  where script_piece.content_item_id = content_item.id), null)`.as('steps')

/** The pieces a rep is shown in lists and search. */
export function visible(db: Kysely<Database>, rep: Scope, now: Date) {
  return db
    .selectFrom('contentItem')
    .select(contentColumns)
    .select([sql<string>`if(content_item.kind = 'phrase', content_item.body, '')`.as('body'), stepsColumn])
    .where(isListed(rep, now))
}

/** Newest first by keyset; one row more than a page, to know whether there is another. */
export function findPieces(
  db: Kysely<Database>,
  rep: Scope,
  filter: ListFilter,
  page: { now: Date; after: Cursor | undefined },
) {
  let rows = visible(db, rep, page.now)
    .where('contentItem.kind', filter.tab === 'phrases' ? '=' : '!=', 'phrase')
    .orderBy('contentItem.publishedAt', 'desc')
    .orderBy('contentItem.id', 'desc')
    .limit(pageSize + 1)
  if (filter.view === 'favourites') rows = rows.where(isFavourite(rep))
  if (filter.product) rows = rows.where('contentItem.product', '=', filter.product)
  if (filter.kind) rows = rows.where('contentItem.kind', '=', filter.kind)
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

/** The visible versions of these documents, phrases left out. */
export function findDocuments(db: Kysely<Database>, rep: Scope, documentIds: string[], now: Date): Promise<PieceRow[]> {
  return visible(db, rep, now)
    .where('contentItem.kind', '!=', 'phrase')
    .where('contentItem.documentId', 'in', documentIds)
    .execute()
}

/** What is sent most to a specialty, the most first; at most five. */
export function findMostUsed(db: Kysely<Database>, rep: Scope, specialty: string, now: Date): Promise<PieceRow[]> {
  return visible(db, rep, now)
    .innerJoin(
      db
        .selectFrom('contentUse')
        .select(['documentId', 'sends'])
        .where('specialty', '=', specialty)
        .orderBy('sends', 'desc')
        .limit(5)
        .as('used'),
      'used.documentId',
      'contentItem.documentId',
    )
    .where('contentItem.kind', '!=', 'phrase')
    .orderBy('used.sends', 'desc')
    .execute()
}

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

export function findProducts(db: Kysely<Database>, codes: string[]) {
  if (codes.length === 0) return Promise.resolve([])
  return db.selectFrom('product').select(['code', 'name']).where('code', 'in', codes).orderBy('code').execute()
}

/** One piece within the rep's reach, whatever its state; pieces of other products do not exist for them. */
export function findPiece(db: Kysely<Database>, rep: Scope, contentItemId: string) {
  return db
    .selectFrom('contentItem')
    .select([...contentColumns, 'contentItem.body'])
    .where('contentItem.id', '=', contentItemId)
    .where(reaches(rep))
    .where('contentItem.state', 'in', ['approved', 'expired', 'withdrawn', 'superseded'])
    .executeTakeFirst()
}

/** Approved phrases to open with: those that are sendable now, newest first, a handful. */
export function findOpenings(db: Kysely<Database>, rep: Scope, now: Date) {
  return db
    .selectFrom('contentItem')
    .select(['id as contentItemId', 'body'])
    .where('kind', '=', 'phrase')
    .where('state', '=', 'approved')
    .where('heldReason', 'is', null)
    .where('expiredAt', 'is', null)
    .where(ofProducts(rep))
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

/** Who signed what a piece says now, step by step; an earlier round, before it was renewed, stands for another last day. */
export async function findApprovals(db: Kysely<Database>, contentItemId: string) {
  const rows = await db
    .selectFrom('contentApproval')
    .innerJoin('contentItem', (join) =>
      join
        .onRef('contentItem.id', '=', 'contentApproval.contentItemId')
        .onRef('contentItem.signedHash', '=', 'contentApproval.signedHash'),
    )
    .select(['contentApproval.step as role', 'contentApproval.personName as name', 'contentApproval.signedAt as at'])
    .where('contentApproval.contentItemId', '=', contentItemId)
    .orderBy('contentApproval.signedAt')
    .execute()
  return rows.filter((row, place) => rows.findLastIndex((other) => other.role === row.role) === place)
}
