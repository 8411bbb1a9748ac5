import type { Input, Output, safetyEndpoints } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import { findReports, findSafetyRule, withClock } from './safety-queries.ts'

type Endpoint = typeof safetyEndpoints.listSafetyReports

const pageSize = 50

/** Reports with their clocks, page after page. The list shows neither patient nor reporter. */
export async function listSafetyReports({ db, now: clock }: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const now = clock()
  const rule = await findSafetyRule(db)
  const after = readCursor(asked.cursor)
  const found = await findReports(db, { show: asked.show, after, most: pageSize + 1 })
  const rows = found.slice(0, pageSize).map((row) => withClock(row, rule))
  const last = rows.at(-1)
  return {
    rows,
    now,
    next: last && found.length > pageSize ? writeCursor({ at: last.awareAt, id: last.reportId }) : null,
  }
}
