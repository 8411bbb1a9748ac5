import { sql, type Kysely, type Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addToBlock, blockSize } from './place-set.ts'
import { askForEverything } from './rebuild-index.ts'
import { gramsVersion, textLimit } from './grams.ts'
import { findIndex, findTexts } from './queries.ts'
import { keepWording, postingsOf, wordingsOf, type Posting } from './wording.ts'

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
  const waiting = await db
    .selectFrom('searchDue')
    .select('contentItemId')
    .orderBy('contentItemId')
    .limit(batchSize)
    .execute()
  const ids = waiting.map(({ contentItemId }) => contentItemId)
  if (ids.length === 0) return 0
  await refreshSearchTexts(db, ids)
  return transact(db, async (trx) => {
    const { nextPlace } = await trx
      .selectFrom('searchIndex')
      .select('nextPlace')
      .where('id', '=', 1)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const due = await findDue(trx, ids) // another instance may have been here in between
    const placed = await placeAll(trx, due, nextPlace)
    for (const [block, terms] of byBlock(placed)) await addTerms(trx, block, terms)
    await writePlaces(trx, due, placed)
    await trx
      .updateTable('searchIndex')
      .set({ nextPlace: nextPlace + placed.length })
      .where('id', '=', 1)
      .execute()
    return ids.length
  })
}

const findDue = (trx: Transaction<Database>, ids: readonly string[]) =>
  trx
    .selectFrom('searchDue')
    .select(['contentItemId', 'mark'])
    .where('contentItemId', 'in', ids)
    .orderBy('contentItemId')
    .execute()
type Due = Awaited<ReturnType<typeof findDue>>

type Placed = { place: number; contentItemId: string; postings: Posting[] }

async function placeAll(trx: Transaction<Database>, due: Due, from: number): Promise<Placed[]> {
  if (due.length === 0) return []
  const ids = due.map(({ contentItemId }) => contentItemId)
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
async function writePlaces(trx: Transaction<Database>, due: Due, placed: readonly Placed[]): Promise<void> {
  if (due.length === 0) return
  const ids = due.map(({ contentItemId }) => contentItemId)
  await trx.deleteFrom('searchPlace').where('contentItemId', 'in', ids).execute()
  const rows = placed.map(({ place, contentItemId }) => ({ place, contentItemId }))
  if (rows.length > 0) await trx.insertInto('searchPlace').values(rows).execute()
  const pairs = due.map(({ contentItemId, mark }) => sql`(${contentItemId}, ${mark})`)
  await sql`delete from search_due where content_item_id in (${sql.join(ids)})
    and (content_item_id, mark) in (${sql.join(pairs)})`.execute(trx)
}

/** Names as this version of the server spells them; outside the transaction, because authors hold these rows. */
async function refreshSearchTexts(db: Kysely<Database>, ids: string[]): Promise<void> {
  for (const row of await wordingsOf(db, ids)) await keepWording(db, row)
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
