import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { pinyin } from 'pinyin-pro'
import { searchList } from '../src/content/search-list.ts'
import { findPieces, type ListFilter, type Scope } from '../src/content/queries.ts'
import { indexPieces } from '../src/content/search/index-pieces.ts'
import { openDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Database } from '../src/db/schema.ts'
import { fillCorpus, type Sample } from './corpus.ts'
import { explainAll } from './explain.ts'
import { took } from './load.ts'
import { seconds } from './world.ts'

export type Figures = { what: string; figure: string; floor: string; ratio: string; goal: string }
type Ask = { db: Kysely<Database>; sample: Sample; filter: ListFilter }
type Place = { size: number; db: Kysely<Database>; name: string; samples: Sample[] }

const spoken = (text: string, initials: boolean): string =>
  pinyin(text, { toneType: 'none', type: 'array', v: true })
    .map((sound) => (initials ? sound[0] : sound))
    .join('')
const phraseOf = (page: string): string => page.split('，').toSorted((one, other) => other.length - one.length)[0]!

/** What people type, drawn from a piece that is there: most of it finds something, some of it hardly anything. */
const queries: Record<string, (sample: Sample) => string> = {
  'a word of a title': ({ title }) => title.slice(2, 6),
  'two words': ({ title }) => `${title.slice(0, 3)} ${title.slice(-4)}`,
  'one character': ({ title }) => title[3]!,
  'approval number': ({ number }) => number,
  'full pinyin': ({ title }) => spoken(title.slice(2, 6), false),
  initials: ({ title }) => spoken(title.slice(1, 6), true),
  'words on a page': ({ page }) => phraseOf(page).slice(0, 6),
  'a common word on pages': ({ page }) => phraseOf(page).slice(0, 2),
  'a slip in pinyin': ({ title }) => spoken(title.slice(2, 7), false).replace(/^(.{6})./, '$1x'),
  'nothing there': ({ title }) => `${title[0]}鑫淼${title[3]}`,
}

const filter: ListFilter = { tab: 'content', view: 'all', query: '', product: '', kind: '' }
/** Sees a fifth of everything. */
const rep: Scope = { id: 'rep', market: 'CN', products: ['P0', 'P1', 'P2', 'P3', 'P4'], territories: [], groups: [] }

const search = ({ db, filter }: Ask) => searchList(db, rep, filter, { now: new Date(), cursor: null })
/** The same rows by the key of the list, without a search. */
const list = ({ db }: Ask) => findPieces(db, rep, filter, { now: new Date(), after: undefined })

/** What a server for 50,000 pieces with their pages is given; the one of the scripts makes do with an eighth of it. */
const memory = 1_024 * 1_024 * 1_024

/** Searches in 5,000 and in 50,000 pieces, one after the other, each beside a page of the list by its key. */
export async function measureSearch(ownerUrl: string, rounds: number): Promise<Figures[]> {
  const places: Place[] = []
  for (const size of [5_000, Number(process.env['BENCH_PIECES'] ?? 50_000)])
    places.push(await fillPlace(ownerUrl, size))
  const before = await giveMemory(places[0]!.db, memory)
  const taken = places.map(() => ({ list: [] as number[], all: [] as number[], by: new Map<string, number[]>() }))
  for (let round = -1; round < rounds; round += 1) {
    for (const [what, ask] of Object.entries(queries)) {
      for (const [nth, { db, samples }] of places.entries()) {
        for (const sample of samples.slice(0, 50)) {
          const asked = { db, sample, filter: { ...filter, query: ask(sample) } }
          const [searched, listed] = [await took(() => search(asked)), await took(() => list(asked))]
          if (round < 0) continue // the first round warms the database
          const times = taken[nth]!
          times.all.push(searched)
          times.list.push(listed)
          times.by.set(what, [...(times.by.get(what) ?? []), searched])
        }
      }
    }
  }
  const [small, large] = taken as [(typeof taken)[0], (typeof taken)[0]]
  const sizes = places.map(({ size }) => `${size.toLocaleString('en')} pieces`)
  const figures = [...large.by].map(([what, times]) => line(`search, ${what}`, sizes, [small.by.get(what)!, times]))
  const whole = line('search, all of these', sizes, [small.all, large.all])
  const plain = at(large.list, 0.5)
  figures.push({ ...whole, goal: 'p95 ≤ 20 ms, ≤ 1.30' })
  figures.push({
    what: 'search beside the first page by its key',
    figure: `p50 ${at(large.all, 0.5).toFixed(1)} ms`,
    floor: `by key p50 ${plain.toFixed(1)} ms`,
    ratio: (at(large.all, 0.5) / plain).toFixed(2),
    goal: '',
  })
  figures.push(await explained(places.at(-1)!))
  await giveMemory(places[0]!.db, before)
  for (const { db, name } of places) {
    await sql`drop database ${sql.id(name)}`.execute(db)
    await db.destroy()
  }
  return figures
}

async function fillPlace(ownerUrl: string, size: number): Promise<Place> {
  const url = new URL(ownerUrl)
  url.pathname = `/vouch_bench_search_${size}`
  await migrate(url.href)
  const db = openDatabase(url.href, 8)
  const samples = await fillCorpus(db, size, 200)
  const from = performance.now()
  let due = 1
  while (due > 0) {
    await indexPieces({ db, now: () => new Date() })
    due = (await db.selectFrom('searchDue').select('mark').limit(1).execute()).length
  }
  await sql`analyze table content_item, content_page, search_block, search_place`.execute(db)
  const { rows } = await sql<{ mb: number }>`select round(data_length / 1e6) as mb from information_schema.tables
    where table_schema = database() and table_name = 'search_block'`.execute(db)
  console.log(`  ${size.toLocaleString('en')} pieces indexed in ${seconds(from)}, ${rows[0]!.mb} MB`)
  return { size, db, name: url.pathname.slice(1), samples }
}

/** Sets the memory the database keeps its pages in; answers what it was. */
async function giveMemory(db: Kysely<Database>, bytes: number): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select @@innodb_buffer_pool_size as bytes`.execute(db)
  await sql`set global innodb_buffer_pool_size = ${sql.lit(bytes)}`.execute(db)
  return Number(rows[0]!.bytes)
}

const at = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0

/** The ratio is how far the 95th percentile grew. */
function line(what: string, sizes: readonly string[], taken: readonly (readonly number[])[]): Figures {
  const told = taken.map(
    (times, nth) => `${sizes[nth]} ${[0.5, 0.95, 0.99].map((share) => at(times, share).toFixed(1)).join(' / ')} ms`,
  )
  const [small, large] = taken.map((times) => at(times, 0.95)) as [number, number]
  return {
    what: `${what}: p50 / p95 / p99`,
    figure: told[1]!,
    floor: told[0]!,
    ratio: (large / small).toFixed(2),
    goal: '',
  }
}

/** Has the database say how it reads every statement of every kind of search. */
async function explained({ db, samples }: Place): Promise<Figures> {
  const { statements, scans } = await explainAll(db, async (spied) => {
    for (const ask of Object.values(queries))
      for (const sample of samples.slice(0, 3))
        await search({ db: spied, sample, filter: { ...filter, query: ask(sample) } })
  })
  return {
    what: 'tables read whole by these searches',
    figure: scans.length === 0 ? '0' : scans.join(', '),
    floor: `${statements} statements explained`,
    ...{ ratio: '', goal: '0' },
  }
}
