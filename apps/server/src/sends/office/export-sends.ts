import { Readable } from 'node:stream'
import type { Input, sendEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { asCsv, csvTime } from '../../csv.ts'
import type { Cursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { requireFreshProof } from '../../people/fresh-proof.ts'
import { scopeOf } from '../../people/scope.ts'
import type { Session } from '../../people/sessions.ts'
import { indexSends } from './index-sends.ts'
import { findOfficeSends, toldOf } from './list-sends.ts'
import { headLines, lineOf, sendHeadings } from './send-csv.ts'
import { countSends, findSendPage } from './send-row-queries.ts'

type Endpoint = typeof sendEndpoints.exportSends
const rowsAtOnce = 500

/**
 * The rows of the list under its filter and in its order, as a table that is written while it is read: a page of rows is
 * all that is held. It is on record before the first row leaves, and holds what was decided by then.
 */
export async function exportSends(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Readable> {
  await requireFreshProof(deps, me)
  const { language, why, ...filter } = asked
  const own = await scopeOf(deps, me)
  await indexSends(deps)
  const at = deps.now()
  const rows = await countSends(deps.db, filter, { own, until: at })
  const exportId = deps.newId()
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'sends.exported', subjectId: exportId, reason: why },
      detail: { rows, language, territories: own, ...toldOf(filter) },
    }),
  )
  const words = { language, exportId, at, by: me.name, why, rows, filter, own }
  return Readable.from(write(), { objectMode: false })

  async function* write(): AsyncGenerator<string> {
    yield asCsv([...headLines(words), [], sendHeadings[language]])
    let after: Cursor | undefined
    let written = 0
    for (;;) {
      const page = await findSendPage(deps.db, filter, { own, after, limit: rowsAtOnce, until: at })
      const ids = page.map(({ id }) => id)
      const sends = await findOfficeSends(deps.db, ids, at)
      written += sends.length
      if (sends.length > 0) yield asCsv(sends.map((send) => lineOf(send, language))).slice(1) // the mark stands once
      after = page.at(-1)
      if (page.length < rowsAtOnce) break
    }
    yield asCsv([[], [language === 'zh' ? '完' : 'end', String(written), csvTime(deps.now())]]).slice(1)
  }
}
