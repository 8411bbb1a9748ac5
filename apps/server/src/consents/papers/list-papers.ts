import type { consentEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { mayAct } from '../consent-roles.ts'
import { asPaper, findPapers } from './paper-queries.ts'

type Endpoint = typeof consentEndpoints.listPapers
const pageSize = 20

/** Consents on paper that wait for the second person, or were settled. Looking is recorded. */
export async function listPapers(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { personId } = me
  const after = readCursor(asked.cursor)?.id
  const found = await findPapers(deps.db, { show: asked.show, after, limit: pageSize + 1 })
  const rows = found.slice(0, pageSize).map((row) => asPaper(row, { personId, act: mayAct(me.roles) }))
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, deps.now(), {
      ...{ event: 'consents.viewed', subjectId: personId, detail: { papers: rows.length, show: asked.show } },
    }),
  )
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return { rows, next: last ? writeCursor({ at: last.enteredAt, id: last.paperId }) : null, mayEnter: mayAct(me.roles) }
}
