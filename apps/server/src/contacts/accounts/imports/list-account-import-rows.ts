import type { accountEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import { requireRole } from '../../../people/role-queries.ts'
import type { Session } from '../../../people/sessions.ts'
import { importReaders } from './list-account-imports.ts'

type Endpoint = typeof accountEndpoints.listAccountImportRows
const rowsAtOnce = 100

/** What became of each row of a list: as it was looked at, or as it was written. */
export async function listAccountImportRows(
  deps: Deps,
  me: Session,
  { importId, show, after }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  await requireRole(deps, me, importReaders)
  const run = await deps.db
    .selectFrom('accountImport')
    .select('releasedBy')
    .where('id', '=', importId)
    .executeTakeFirst()
  if (!run) throw new AppError('upload_not_found')
  let asked = deps.db
    .selectFrom('accountImportRow as row')
    .leftJoin('account', 'account.id', 'row.accountId')
    .select(['row.number', 'row.line', 'row.outcome', 'row.field', 'row.problem', 'row.notes', 'row.accountId'])
    .select('account.name as doctor')
    .where('row.runId', '=', importId)
    .where('row.stage', '=', run.releasedBy ? 'writing' : 'checking')
    .where('row.number', '>', after)
  if (show === 'kept') asked = asked.where('row.notes', '!=', '')
  else if (show) asked = asked.where('row.outcome', '=', show)
  const found = await asked
    .orderBy('row.number')
    .limit(rowsAtOnce + 1)
    .execute()
  const rows = found.slice(0, rowsAtOnce).map(({ notes, doctor, ...row }) => ({
    ...row,
    ...{ notes: notes ? notes.split(',') : [], doctor: doctor ?? '' },
  }))
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.number ?? null) : null }
}
