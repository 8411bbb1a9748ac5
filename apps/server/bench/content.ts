import { sql, type Kysely } from 'kysely'
import { countNewest, findOfficePage, findOfficeRows } from '../src/content/office-list-queries.ts'
import type { Database } from '../src/db/schema.ts'
import { took } from './load.ts'
import type { Figures } from './search.ts'
import { fill } from './world.ts'

const goalMs = 400
/** Besides those of the doctors that were sent something: a version has one row in each. */
const territories = 100
const asked: [what: string, own: string[] | null][] = [
  ['everywhere', null],
  ['one territory', ['T1']],
  ['a territory where nothing was sent', ['T9']],
]

/** The office's list of versions with how each was sent, over the sends that are there. */
export async function measureContent(db: Kysely<Database>, rounds: number): Promise<Figures[]> {
  await fillFigures(db)
  const figures: Figures[] = []
  for (const [what, own] of asked) {
    const [ours, floors]: [number[], number[]] = [[], []]
    for (let nth = -2; nth < rounds * 10; nth += 1) {
      const floor = await took(() => plain(db))
      const our = await took(() => page(db, own))
      if (nth < 0) continue
      floors.push(floor)
      ours.push(our)
    }
    figures.push({
      what: `content: ${what}`,
      figure: `p50 ${at(ours, 0.5).toFixed(0)} p95 ${at(ours, 0.95).toFixed(0)} ms`,
      floor: `twenty by key ${at(floors, 0.5).toFixed(1)} ms`,
      ratio: (at(ours, 0.5) / at(floors, 0.5)).toFixed(1),
      goal: `p95 ≤ ${goalMs} ms${at(ours, 0.95) > goalMs ? ' MISSED' : ''}`,
    })
  }
  return figures
}

const at = (times: number[], part: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))]!

/** What the list does but for who asks. */
async function page(db: Kysely<Database>, own: string[] | null): Promise<void> {
  const [found] = await Promise.all([
    findOfficePage(db, { allowed: (row) => row.and([]), after: undefined, order: '' }),
    countNewest(db, (row) => row.and([])),
  ])
  await findOfficeRows(
    db,
    found.map(({ id }) => id),
    own,
  )
}

const plain = (db: Kysely<Database>) =>
  db.selectFrom('contentItem').select(['id', 'title', 'state', 'expiresAt']).orderBy('id', 'desc').limit(20).execute()

async function fillFigures(db: Kysely<Database>): Promise<void> {
  await sql`insert into report_version
    select content_item_id, account.territory, 0, 0, count(*), 0, count(*), 0 from send
    join account on account.id = send.account_id where outcome = 'authorised'
    group by content_item_id, account.territory`.execute(db)
  const pieces = await db.selectFrom('contentItem').select('id').execute()
  const one = { proven: 1, opened: 1, client: 1, unknown: 1, links: 4, linksOpened: 1 }
  const places = Array.from({ length: territories }, (_, nth) => `X${nth}`)
  await fill(
    db,
    'reportVersion',
    pieces.flatMap(({ id }) => places.map((territory) => ({ contentItemId: id, territory, ...one }))),
  )
  await sql`analyze table report_version`.execute(db)
}
