import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { pieceSearchText, titleSound } from '../../search-text.ts'
import { factTerm, nameTerms, textTerms, zones } from './grams.ts'

/** Everything a piece is found by but the text of its pages. */
export function wordingsOf(db: Kysely<Database>, contentItemIds: readonly string[]) {
  return db
    .selectFrom('contentItem')
    .leftJoin('product as named', 'named.code', 'contentItem.product')
    .select(['contentItem.id as contentItemId', 'contentItem.title', 'shortTitle', 'aliases', 'tags'])
    .select(['approvalNumber', 'searchText', 'titleSound'])
    .select(['named.name as productName', 'named.nameEn as productNameEn'])
    .select(['contentItem.product', 'market', 'contentItem.kind', 'language'])
    .where('contentItem.id', 'in', contentItemIds)
    .orderBy('contentItem.id')
    .execute()
}
export type WordingRow = Awaited<ReturnType<typeof wordingsOf>>[number]

/** Keeps with a piece what follows from its words, where that is not there yet. */
export async function keepWording(db: Kysely<Database>, row: WordingRow): Promise<void> {
  const kept = { searchText: searchTextOf(row), titleSound: titleSound(row.title) }
  if (kept.searchText === row.searchText && kept.titleSound === row.titleSound) return
  await db.updateTable('contentItem').set(kept).where('id', '=', row.contentItemId).execute()
}

function searchTextOf(row: WordingRow): string {
  const productNames = [row.productName, row.productNameEn].filter((name) => name !== null)
  const lines = (text: string) => text.split('\n')
  return pieceSearchText({ ...row, aliases: lines(row.aliases), tags: lines(row.tags), productNames })
}

export type Posting = { term: string; zone: number }

/** All terms of one piece. */
export function postingsOf(row: WordingRow, text: string): Posting[] {
  const facts = [
    factTerm('product', row.product),
    factTerm('market', row.market),
    factTerm('kind', row.kind),
    factTerm('language', row.language),
  ]
  const inZone = (zone: number) => (term: string) => ({ term, zone })
  return [
    ...nameTerms(searchTextOf(row)).map(inZone(zones.name)),
    ...textTerms(text).map(inZone(zones.text)),
    ...facts.map(inZone(zones.fact)),
  ]
}
