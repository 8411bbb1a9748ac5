import type { accountEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { findAccountPage } from './account-list-queries.ts'
import { loadAccountScope } from './account-scope.ts'

type Endpoint = typeof accountEndpoints.listAccounts
const pageSize = 30

/** The company's doctors by the sound of their names. Looking is recorded: it shows personal data. */
export async function listAccounts(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { own, mayWrite } = await loadAccountScope(deps, me)
  const { db } = deps
  const after = readCursor(asked.cursor, asked.order)?.id
  const found = await findAccountPage(db, asked, { own, after, limit: pageSize + 1 })
  const rows = found.slice(0, pageSize)
  const territories = await db.selectFrom('territory').select(['code', 'name', 'nameEn']).orderBy('code').execute()
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'accounts.viewed', subjectId: me.personId },
      detail: { shown: rows.length, show: asked.show, searched: asked.query.trim() !== '' },
    }),
  )
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return {
    ...{ rows, own, mayWrite },
    next: last ? writeCursor({ at: new Date(0), id: last.accountId }, asked.order) : null,
    territories: own ? territories.filter(({ code }) => own.includes(code)) : territories,
  }
}
