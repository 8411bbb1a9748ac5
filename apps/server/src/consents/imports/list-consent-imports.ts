import type { consentEndpoints, Input, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { mayAct } from '../consent-roles.ts'
import { asImport, selectImports } from './import-queries.ts'

type Endpoint = typeof consentEndpoints.listConsentImports
const pageSize = 20

/** Lists of earlier consents, newest first: looked at, waiting for a second person, written. */
export async function listConsentImports(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const after = readCursor(asked.cursor)?.id
  let runs = selectImports(deps.db)
    .orderBy('consentImport.id', 'desc')
    .limit(pageSize + 1)
  if (after) runs = runs.where('consentImport.id', '<', after)
  const found = await runs.execute()
  const may = { personId: me.personId, act: mayAct(me.roles) }
  const rows = found.slice(0, pageSize).map((run) => asImport(run, may))
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return { rows, next: last ? writeCursor({ at: last.createdAt, id: last.importId }) : null, mayStart: may.act }
}
