import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import type { Condition } from '../reach-conditions.ts'
import { blockSize, inAll, inAny, newestBelow, placeSetOf, type PlaceSet } from './place-set.ts'
import { askedWords, compact, zones, type AskedWord } from './grams.ts'
import { excerptOf, highlightsIn, inNames, rankOf, type Excerpt, type Range } from './match.ts'
import { countFacets, type Facet } from './facets.ts'
import { findNear } from './find-near.ts'
import { findAtPlaces, findFresh, findIndex, findTerms, findTexts, termKey, type PlacedRow } from './queries.ts'

export type SearchAsked = {
  query: string
  /** Terms of facts; a piece has one of each group. They only narrow down: `allowed` alone says what may be found. */
  facts: readonly (readonly string[])[]
  allowed: Condition
  /** Places to choose among, when they are few. */
  among?: readonly number[] | undefined
  cursor: string | null
  limit: number
  /** Asks for facets too; they come with the first page. */
  countFacets?: boolean
}
export type Found = { contentItemId: string; highlights: Range[]; excerpt: Excerpt | null }
export type Search = {
  db: Kysely<Database>
  words: AskedWord[]
  allowed: Condition
  blocks: { firstBlock: number; lastBlock: number }
  scope: PlaceSet | undefined
  names: PlaceSet
  texts: PlaceSet
}

/** How many pieces are ranked against each other: the newest so many that match, then the next so many. */
const windowSize = 100
const textsAtOnce = 24
/** Pieces a search looks at before it gives what it has, and a cursor for the rest. */
const rounds = 4
const enough = 3

/**
 * Pieces by a search. First those whose names hold every word, the best of each window first; then those with the words
 * on their pages; and when that was next to nothing, those that sound alike or have a slip. Cost depends on what is
 * shown and on the blocks of the index, not on how many pieces match.
 */
export async function searchPieces(
  db: Kysely<Database>,
  asked: SearchAsked,
): Promise<{ found: Found[]; next: string | null; facets: Facet[] }> {
  const words = askedWords(asked.query)
  const begun = readWalk(asked.cursor)
  if (words.length === 0) return { found: [], next: null, facets: [] }
  const plain = words.map(({ word }) => word)
  // Before the index: what the job takes up in between is then found twice rather than not at all.
  const fresh = begun ? [] : await findFresh(db, plain, asked.allowed, asked.limit)
  const { search, top } = await openSearch(db, words, asked)
  const counted = asked.countFacets && !begun ? countFacets(db, search.texts, asked.allowed) : []
  const found: Found[] = fresh.map((row) => shown(row, plain))
  const first: Walk = { phase: 'n', top, from: top, rank: bestRank, place: top }
  let walk: Walk | null = begun ?? first
  if (walk.phase === 'n') walk = await takeNames(search, walk, found, asked.limit)
  if (walk?.phase === 't' && found.length < asked.limit) walk = await takeTexts(search, walk, found, asked.limit)
  if (!begun && !walk && found.length < enough) {
    const known = new Set(found.map(({ contentItemId }) => contentItemId))
    found.push(...(await findNear(search, asked.limit)).filter((near) => !known.has(near.contentItemId)))
  }
  return { found: found.slice(0, asked.limit), next: walk && writeWalk(walk), facets: await counted }
}

/** Reads the blocks of every term at once and meets them. */
async function openSearch(db: Kysely<Database>, words: AskedWord[], asked: SearchAsked) {
  const index = await findIndex(db)
  const top = index?.nextPlace ?? 0
  const blocks = { firstBlock: index?.firstBlock ?? 0, lastBlock: Math.ceil(top / blockSize) - 1 }
  const terms = words.flatMap(({ name, text }) => [...name, ...(text ?? [])])
  const sets = await findTerms(db, blocks, [...new Set([...terms, ...asked.facts.flat()])])
  const of = (zone: number, terms: readonly string[]) => terms.map((term) => sets.get(termKey(zone, term)) ?? new Map())
  const narrowed = asked.facts.map((group) => inAny(of(zones.fact, group)))
  if (asked.among) narrowed.push(placeSetOf(asked.among))
  const named = words.map(({ name }) => inAll(of(zones.name, name)))
  const somewhere = words.map(({ text }, index) =>
    inAny([named[index]!, ...(text ? [inAll(of(zones.text, text))] : [])]),
  )
  const scope = narrowed.length > 0 ? inAll(narrowed) : undefined
  const search: Search = {
    ...{ db, words, allowed: asked.allowed, blocks, scope },
    names: inAll([...named, ...narrowed]),
    texts: inAll([...somewhere, ...narrowed]),
  }
  return { search, top }
}

/** Pieces with every word in their names, window by window. Answers where to go on: there, at the texts. */
async function takeNames(search: Search, begun: Walk, found: Found[], limit: number): Promise<Walk> {
  const plain = search.words.map(({ word }) => word)
  let walk = begun
  for (let round = 0; round < rounds && found.length < limit; round += 1) {
    const places = newestBelow(search.names, walk.from, windowSize)
    const rows = await findAtPlaces(search.db, places, search.allowed)
    const known = new Set(found.map(({ contentItemId }) => contentItemId))
    const ranked = rows
      .filter((row) => inNames(row, search.words) && !known.has(row.contentItemId))
      .map((row) => ({ row, place: row.place, rank: rankOf(row, search.words) }))
      .filter((one) => comesAfter(one, walk))
      .sort((one, other) => (comesAfter(one, other) ? 1 : -1))
    const taken = ranked.slice(0, limit - found.length)
    found.push(...taken.map(({ row }) => shown(row, plain)))
    const last = taken.at(-1)
    if (last && taken.length < ranked.length) return { ...walk, rank: last.rank, place: last.place }
    if (places.length < windowSize) return { ...walk, phase: 't', from: walk.top }
    walk = { ...walk, from: places.at(-1)!, rank: bestRank, place: walk.top }
  }
  return walk
}

/** Pieces with the words on their pages, newest first; those found by name came before. Null when there are no more. */
async function takeTexts(search: Search, begun: Walk, found: Found[], limit: number): Promise<Walk | null> {
  let walk = begun
  for (let round = 0; round < rounds; round += 1) {
    const places = newestBelow(search.texts, walk.from, textsAtOnce)
    const rows = await findAtPlaces(search.db, places, search.allowed)
    const unnamed = rows.filter((row) => !inNames(row, search.words))
    const pages = await findTexts(
      search.db,
      unnamed.map((row) => row.contentItemId),
    )
    for (const row of unnamed) {
      const excerpt = excerptIn(row, pages.get(row.contentItemId) ?? [], search.words)
      if (!excerpt) continue
      if (found.length === limit) return walk
      const plain = search.words.map(({ word }) => word)
      found.push({ ...shown(row, plain), excerpt })
      walk = { ...walk, from: row.place }
    }
    if (places.length < textsAtOnce) return null
    walk = { ...walk, from: places.at(-1)! }
  }
  return walk
}

/** Around the first word that the names lack; undefined unless every such word stands on some page. */
function excerptIn(row: PlacedRow, pages: { number: number; text: string }[], words: readonly AskedWord[]) {
  const missing = words.map(({ word }) => word).filter((word) => !row.searchText.includes(word))
  const texts = pages.map((page) => compact(page.text))
  const at = missing.map((word) => texts.findIndex((text) => text.includes(word)))
  const [first] = at
  if (first === undefined || at.includes(-1)) return undefined
  return excerptOf(pages[first]!, missing[0]!)
}

const shown = (row: { contentItemId: string; title: string }, words: readonly string[]): Found => ({
  contentItemId: row.contentItemId,
  highlights: highlightsIn(row.title, words),
  excerpt: null,
})

/**
 * Where a search stopped: among names or texts; the top of the index when it began, above which everything is newer than
 * the search; the window, and the last piece shown of it. Windows begin where the one before ended, so that pieces that
 * come or go in between shift nothing.
 */
type Walk = { phase: 'n' | 't'; top: number; from: number; rank: number; place: number }
const bestRank = 9

const comesAfter = (one: { rank: number; place: number }, other: { rank: number; place: number }): boolean =>
  one.rank < other.rank || (one.rank === other.rank && one.place < other.place)

const writeWalk = ({ phase, top, from, rank, place }: Walk): string => [phase, top, from, rank, place].join('.')

function readWalk(cursor: string | null): Walk | null {
  if (cursor === null) return null
  const read = /^([nt])\.(\d{1,10})\.(\d{1,10})\.(\d)\.(\d{1,10})$/.exec(cursor)
  if (!read) throw new AppError('bad_request', { field: 'cursor' })
  const [top, from, rank, place] = read.slice(2).map(Number) as [number, number, number, number]
  return { phase: read[1] as Walk['phase'], top, from, rank, place } // the pattern allows these two
}
