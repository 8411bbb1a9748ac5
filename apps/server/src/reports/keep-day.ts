import type { Insertable, Kysely, Transaction } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { ReportDimension } from '../db/tables/reports.ts'
import type { DayCounts } from './count-day.ts'
import { countedOn, followDay } from './version-totals.ts'

const rowsAtOnce = 1_000
export const dimensions: readonly ReportDimension[] = ['whole', 'document', 'version', 'rep', 'hospital', 'specialty']

/**
 * Puts the counts of a day in the place of those before. Nothing is written when the day was asked for again since, or when
 * somebody else has counted it meanwhile: the mark says so, under its lock.
 */
export async function keepDay(
  db: Kysely<Database>,
  { day, mark }: { day: number; mark: string },
  counted: DayCounts,
): Promise<boolean> {
  return transact(db, async (trx) => {
    const due = await trx.selectFrom('reportDue').select('mark').where('day', '=', day).forUpdate().executeTakeFirst()
    if (due?.mark !== mark) return false
    await followDay(trx, { before: await countedOn(trx, day), after: counted.counts })
    await trx.deleteFrom('reportCount').where('dimension', 'in', dimensions).where('day', '=', day).execute()
    await trx.deleteFrom('reportReader').where('dimension', 'in', dimensions).where('day', '=', day).execute()
    await trx.deleteFrom('reportContact').where('day', '=', day).execute()
    await insertAll(trx, 'reportCount', counted.counts)
    await insertAll(trx, 'reportReader', counted.readers)
    await insertAll(trx, 'reportContact', counted.contacts)
    await trx.deleteFrom('reportDue').where('day', '=', day).execute()
    return true
  })
}

async function insertAll<Table extends 'reportCount' | 'reportReader' | 'reportContact'>(
  trx: Transaction<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await trx
      .insertInto(table)
      .values(rows.slice(from, from + rowsAtOnce) as never) // the rows of that table, see above
      .execute()
}
