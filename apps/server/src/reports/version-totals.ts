import { sql, type Insertable, type Kysely, type Transaction } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { ReportVersionTable } from '../db/tables/reports.ts'

type Figure = Exclude<keyof ReportVersionTable, 'contentItemId' | 'territory'>
type Counted = Pick<Insertable<Database['reportCount']>, 'dimension' | 'member' | 'territory' | 'measure' | 'n'>
type Totals = Map<string, ReportVersionTable>

/** Which measures of a day are kept over all days. */
const figureOf: Record<string, Figure> = {
  ...{ 'is:proven': 'proven', 'is:opened': 'opened', 'is:client': 'client', 'is:unknown': 'unknown' },
  ...{ link: 'links', opened: 'linksOpened' },
}
const figures = Object.values(figureOf)
const rowsAtOnce = 1_000
const daysAtOnce = 10

/** Of the days that are kept now, what goes into versions over all days. */
function countedVersions(db: Kysely<Database>, from: number, until: number): Promise<Counted[]> {
  return db
    .selectFrom('reportCount')
    .select((eb) => ['dimension', 'member', 'territory', 'measure', eb.fn.sum<number>('n').as('n')])
    .where('dimension', '=', 'version')
    .where('day', '>=', from)
    .where('day', '<=', until)
    .where('measure', 'in', Object.keys(figureOf))
    .groupBy(['dimension', 'member', 'territory', 'measure'])
    .execute()
}
/** The same of one day, before it is counted again. */
export const countedOn = (db: Kysely<Database>, day: number): Promise<Counted[]> => countedVersions(db, day, day)

/** Follows a day that was counted again: each version comes to as much more or less as the day differs from before. */
export async function followDay(
  trx: Transaction<Database>,
  { before, after }: Record<'before' | 'after', readonly Counted[]>,
): Promise<void> {
  const totals: Totals = new Map()
  add(totals, before, -1)
  add(totals, after, 1)
  await addToVersions(trx, totals)
}

function add(totals: Totals, counts: readonly Counted[], sign: 1 | -1): void {
  for (const { dimension, member, territory, measure, n } of counts) {
    const figure = figureOf[measure]
    if (dimension !== 'version' || !figure) continue
    const row = rowOf(totals, member, territory)
    row[figure] += sign * Number(n)
  }
}

function rowOf(totals: Totals, contentItemId: string, territory: string): ReportVersionTable {
  const key = JSON.stringify([contentItemId, territory])
  const none = { proven: 0, opened: 0, client: 0, unknown: 0, links: 0, linksOpened: 0 }
  const row = totals.get(key) ?? { contentItemId, territory, ...none }
  totals.set(key, row)
  return row
}

/** In the order of their key, so that two days that are followed at once wait for each other. */
async function addToVersions(trx: Transaction<Database>, totals: Totals): Promise<void> {
  const changed = [...totals].filter(([, row]) => figures.some((figure) => row[figure] !== 0))
  const rows = changed.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
  const more = (figure: Figure) => sql<number>`${sql.ref(figure)} + values(${sql.ref(figure)})`
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await trx
      .insertInto('reportVersion')
      .values(rows.slice(from, from + rowsAtOnce))
      .onDuplicateKeyUpdate(Object.fromEntries(figures.map((figure) => [figure, more(figure)])))
      .execute()
}

/** By how much each version is off from the sum of its days, which are read as they stood at one moment. */
async function findOff(db: Kysely<Database>): Promise<Totals> {
  const totals: Totals = new Map()
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const kept = await trx.selectFrom('reportVersion').selectAll().execute()
      for (const { contentItemId, territory, ...row } of kept)
        for (const figure of figures) rowOf(totals, contentItemId, territory)[figure] -= row[figure]
      const { first, last } = await trx
        .selectFrom('reportCount')
        .select((eb) => [eb.fn.min('day').as('first'), eb.fn.max('day').as('last')])
        .where('dimension', '=', 'version')
        .executeTakeFirstOrThrow()
      if (first === null) return
      for (let day = first; day <= last; day += daysAtOnce)
        add(totals, await countedVersions(trx, day, day + daysAtOnce - 1), 1)
    })
  return new Map([...totals].filter(([, row]) => figures.some((figure) => row[figure] !== 0)))
}

/** The versions whose figures were not the sum of their days, put right. */
export async function checkVersions(db: Kysely<Database>): Promise<string[]> {
  const off = await findOff(db)
  if (off.size > 0) await transact(db, (trx) => addToVersions(trx, off))
  return [...new Set([...off.values()].map(({ contentItemId }) => contentItemId))]
}
