import { sql, type Kysely, type SqlBool } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Condition } from '../reach-conditions.ts'
import { readBlock, type PlaceSet } from './place-set.ts'
import { textLimit } from './grams.ts'

/** Where the index begins and ends; undefined before anything was indexed. */
export function findIndex(db: Kysely<Database>) {
  return db
    .selectFrom('searchIndex')
    .select(['gramsVersion', 'firstBlock', 'nextPlace'])
    .where('id', '=', 1)
    .executeTakeFirst()
}

/** The places of each of these terms, by zone and term. Every block is named: each of its terms is one step away. */
export async function findTerms(
  db: Kysely<Database>,
  { firstBlock, lastBlock }: { firstBlock: number; lastBlock: number },
  terms: readonly string[],
): Promise<Map<string, PlaceSet>> {
  const found = new Map<string, PlaceSet>()
  if (terms.length === 0 || lastBlock < firstBlock) return found
  const blocks = Array.from({ length: lastBlock - firstBlock + 1 }, (_, index) => firstBlock + index)
  const rows = await db
    .selectFrom('searchBlock')
    .select(['block', 'term', 'zone', 'places'])
    .where('block', 'in', blocks)
    .where('term', 'in', terms)
    .execute()
  for (const { block, term, zone, places } of rows) {
    const key = termKey(zone, term)
    const set = found.get(key) ?? new Map<number, Uint32Array>()
    found.set(key, set.set(block, readBlock(places)))
  }
  return found
}

export const termKey = (zone: number, term: string): string => `${zone} ${term}`

const namedColumns = [
  'contentItem.id as contentItemId',
  'contentItem.title',
  'contentItem.approvalNumber',
  'contentItem.searchText',
] as const

/** The allowed pieces at these places, newest first, with the names a search compares. */
export function findAtPlaces(db: Kysely<Database>, places: readonly number[], allowed: Condition) {
  if (places.length === 0) return Promise.resolve([])
  return db
    .selectFrom('searchPlace')
    .innerJoin('contentItem', 'contentItem.id', 'searchPlace.contentItemId')
    .select(['searchPlace.place', ...namedColumns])
    .where('searchPlace.place', 'in', places)
    .where(allowed)
    .orderBy('searchPlace.place', 'desc')
    .execute()
}
export type PlacedRow = Awaited<ReturnType<typeof findAtPlaces>>[number]

/** Pieces the index does not know yet, by their names alone; the newest of them, so that a great import costs no more. */
export function findFresh(db: Kysely<Database>, words: readonly string[], allowed: Condition, limit: number) {
  const newest = db
    .selectFrom('searchDue')
    .select('contentItemId')
    .where('fresh', '=', 1)
    .orderBy('contentItemId', 'desc')
    .limit(500)
  return db
    .selectFrom(newest.as('newest'))
    .innerJoin('contentItem', 'contentItem.id', 'newest.contentItemId')
    .select(namedColumns)
    .where((row) =>
      row.and(words.map((word) => sql<SqlBool>`instr(${row.ref('contentItem.searchText')}, ${word}) > 0`)),
    )
    .where(allowed)
    .orderBy('newest.contentItemId', 'desc')
    .limit(limit)
    .execute()
}

/** Places of the pieces that a condition with few answers names; undefined when there are more than `most`. */
export async function findPlaces(db: Kysely<Database>, named: Condition, most: number): Promise<number[] | undefined> {
  const rows = await db
    .selectFrom('contentItem')
    .innerJoin('searchPlace', 'searchPlace.contentItemId', 'contentItem.id')
    .select('searchPlace.place')
    .where(named)
    .limit(most + 1)
    .execute()
  return rows.length > most ? undefined : rows.map(({ place }) => place)
}

/** What is indexed and searched of a piece: its first pages, of each the beginning. */
const pagesRead = 50
const pageLetters = 3_000

export type PageText = { number: number; text: string }

/** The texts of these pieces: the body of articles and phrases as page 0, then the pages. */
export async function findTexts(
  db: Kysely<Database>,
  contentItemIds: readonly string[],
): Promise<Map<string, PageText[]>> {
  const texts = new Map<string, PageText[]>()
  if (contentItemIds.length === 0) return texts
  const pages = await db
    .selectFrom('contentPage')
    .select(['contentItemId', 'number', sql<string>`left(text, ${pageLetters})`.as('text')])
    .where('contentItemId', 'in', contentItemIds)
    .where('number', '<=', pagesRead)
    .unionAll(
      db
        .selectFrom('contentItem')
        .select(['id as contentItemId', sql<number>`0`.as('number'), sql<string>`left(body, ${textLimit})`.as('text')])
        .where('id', 'in', contentItemIds)
        .where('body', '!=', ''),
    )
    .orderBy('number')
    .execute()
  for (const { contentItemId, number, text } of pages) {
    const known = texts.get(contentItemId) ?? []
    texts.set(contentItemId, known)
    known.push({ number: Number(number), text: Number(number) === 0 ? withoutTags(text) : text })
  }
  return texts
}

/** Articles are kept as the safe part of HTML. */
const withoutTags = (html: string): string => html.replace(/<[^<>]*>/g, ' ')

/** Pieces that wait to be indexed. */
export async function countDue({ db }: Pick<Deps, 'db'>): Promise<number> {
  const { due } = await db
    .selectFrom('searchDue')
    .select((row) => row.fn.countAll<number>().as('due'))
    .executeTakeFirstOrThrow()
  return Number(due)
}
