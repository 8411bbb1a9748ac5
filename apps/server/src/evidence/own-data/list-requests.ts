import type { Input, Output, requestEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { findRequests, requestDeciders } from './office-queries.ts'
import { holdsOne } from '../../people/role-queries.ts'

type Endpoint = typeof requestEndpoints.listHcpRequests
const pageSize = 30

/** What doctors ask of the company. Looking is recorded: it shows personal data. */
export async function listRequests(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const found = await findRequests(deps.db, {
    ...{ show: asked.show, after: readCursor(asked.cursor), limit: pageSize + 1 },
  })
  const rows = found.slice(0, pageSize)
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'requests.viewed', subjectId: me.personId, detail: { shown: rows.length, show: asked.show } },
    }),
  )
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return {
    rows,
    next: last ? writeCursor({ at: last.filedAt, id: last.hcpRequestId }) : null,
    mayDecide: holdsOne(me.roles, requestDeciders),
  }
}
