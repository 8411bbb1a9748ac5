import type { accountEndpoints, Input, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../../../cursor.ts'
import type { Deps } from '../../../deps.ts'
import type { Session } from '../../../people/sessions.ts'
import { mayWriteAccounts } from '../account-roles.ts'
import { asAccountImport, selectAccountImports } from './import-queries.ts'

type Endpoint = typeof accountEndpoints.listAccountImports
const pageSize = 20

/** Lists of doctors, newest first. */
export async function listAccountImports(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const mayWrite = mayWriteAccounts(me.roles)
  const after = readCursor(asked.cursor)?.id
  let runs = selectAccountImports(deps.db)
    .orderBy('accountImport.id', 'desc')
    .limit(pageSize + 1)
  if (after) runs = runs.where('accountImport.id', '<', after)
  const found = await runs.execute()
  const rows = found.slice(0, pageSize).map((run) => asAccountImport(run, mayWrite))
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return { rows, next: last ? writeCursor({ at: last.createdAt, id: last.importId }) : null, mayStart: mayWrite }
}
