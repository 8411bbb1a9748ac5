import { sql, type Kysely, type Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addToBlock, blockSize } from './place-set.ts'
import { askForEverything } from './rebuild-index.ts'
import { gramsVersion, textLimit } from './grams.ts'
import { findIndex, findTexts } from './queries.ts'
import { postingsOf, searchTextOf, wordingsOf, type Posting } from './wording.ts'

/** Pieces of one transaction, and rows of one statement. */
const batchSize = 300
const rowsAtOnce = 1_000
/** Given back long before the lease of a job ends. */
const patienceMs = 50_000

/** Brings the index up to date with the words of pieces, a batch at a time; all of it when terms are made otherwise now. */
export async function indexPieces({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await beginIndex(db, now())
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    const indexed = await indexBatch(db)
    if (indexed === 0) return
  }
}

async function beginIndex(db: Kysely<Database>, at: Date): Promise<void> {
  const index = await findIndex(db)
  if (index?.gramsVersion === gramsVersion) return
  if (!index)
    await db
      .insertInto('searchIndex')
      .ignore()
      .values({ id: 1, gramsVersion: 0, firstBlock: 0, nextPlace: 0 })
      .execute()
  await askForEverything(db, at)
  await db.updateTable('searchIndex').set({ gramsVersion }).where('id', '=', 1).execute()
}

/**
 * Gives each due piece a new place and writes its terms there. A piece has exactly one place at any time, so that it is
 * found while the whole index is built anew. What it leaves behind at its old place points to nothing.
 */
async function indexBatch(db: Kysely<Database>): Promise<number> {
  const due = await db
    .selectFrom('searchDue')
    .select(['contentItemId', 'mark'])
    .orderBy('contentItemId')
    .limit(batchSize)
    .execute()
  if (due.length === 0) return 0
  const ids = due.map(({ contentItemId }) => contentItemId)
  await refreshSearchTexts(db, ids)
  await transact(db, async (trx) => {
    const { nextPlace } = await trx
      .selectFrom('searchIndex')
      .select('nextPlace')
      .where('id', '=', 1)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const placed = await placeAll(trx, ids, nextPlace)
    for (const [block, terms] of byBlock(placed)) await addTerms(trx, block, terms)
    await trx.deleteFrom('searchPlace').where('contentItemId', 'in', ids).execute()
    const rows = placed.map(({ place, contentItemId }) => ({ place, contentItemId }))
    if (rows.length > 0) await trx.insertInto('searchPlace').values(rows).execute()
    await trx
      .updateTable('searchIndex')
      .set({ nextPlace: nextPlace + rows.length })
      .where('id', '=', 1)
      .execute()
    await forgetDue(trx, due)
  })
  return due.length
}

type Placed = { place: number; contentItemId: string; postings: Posting[] }

async function placeAll(trx: Transaction<Database>, ids: readonly string[], from: number): Promise<Placed[]> {
  const rows = await wordingsOf(trx, ids)
  const texts = await findTexts(trx, ids)
  return rows.map((row, index) => {
    const { contentItemId } = row
    const pages = texts.get(contentItemId) ?? []
    const text = pages.map((page) => page.text).join('\n')
    return { contentItemId, place: from + index, postings: postingsOf(row, text.slice(0, textLimit)) }
  })
}

/** Written again meanwhile, a piece stays due: its mark has moved on. */
async function forgetDue(trx: Transaction<Database>, due: { contentItemId: string; mark: number }[]): Promise<void> {
  const pairs = due.map(({ contentItemId, mark }) => sql`(${contentItemId}, ${mark})`)
  await sql`delete from search_due where (content_item_id, mark) in (${sql.join(pairs)})`.execute(trx)
}

/** Names as this version of the server spells them; outside the transaction, because authors hold these rows. */
async function refreshSearchTexts(db: Kysely<Database>, ids: string[]): Promise<void> {
  for (const row of await wordingsOf(db, ids)) {
    const searchText = searchTextOf(row)
    if (searchText !== row.searchText)
      await db.updateTable('contentItem').set({ searchText }).where('id', '=', row.contentItemId).execute()
  }
}

type Terms = Map<string, Posting & { offsets: number[] }>

function byBlock(placed: readonly Placed[]): Map<number, Terms> {
  const blocks = new Map<number, Terms>()
  for (const { place, postings } of placed) {
    const block = Math.floor(place / blockSize)
    const terms: Terms = blocks.get(block) ?? new Map()
    blocks.set(block, terms)
    for (const { term, zone } of postings) {
      const key = `${zone} ${term}`
      const known = terms.get(key)
      if (known) known.offsets.push(place - block * blockSize)
      else terms.set(key, { term, zone, offsets: [place - block * blockSize] })
    }
  }
  return blocks
}

/** Rows of the index in the order of their key, so that neighbours are written together. */
async function addTerms(trx: Transaction<Database>, block: number, terms: Terms): Promise<void> {
  const sorted = [...terms.values()].sort((one, other) => (one.term < other.term ? -1 : 1))
  for (let start = 0; start < sorted.length; start += rowsAtOnce) {
    const some = sorted.slice(start, start + rowsAtOnce)
    const rows = await trx
      .selectFrom('searchBlock')
      .select(['term', 'zone', 'places'])
      .where('block', '=', block)
      .where('term', 'in', [...new Set(some.map(({ term }) => term))])
      .execute()
    const kept = new Map(rows.map(({ term, zone, places }) => [`${zone} ${term}`, places]))
    await trx
      .insertInto('searchBlock')
      .values(
        some.map(({ term, zone, offsets }) => ({
          ...{ block, term, zone },
          places: addToBlock(kept.get(`${zone} ${term}`), offsets),
        })),
      )
      .onDuplicateKeyUpdate({ places: sql`values(places)` })
      .execute()
  }
}
