import type { accountEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import { contentName } from '../../../files/file-names.ts'
import { loadListRun } from '../../../list-imports.ts'
import { readAccountList } from './account-columns.ts'
import { carriesIdNumber } from './read-account-row.ts'

type Endpoint = typeof accountEndpoints.listAccountImportRows
const rowsAtOnce = 100

/** What became of each row of a list: as it was looked at, or as it was written. */
export async function listAccountImportRows(
  deps: Deps,
  { importId, show, after }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  const run = await loadListRun(deps.db, 'account', importId)
  let asked = deps.db
    .selectFrom('accountImportRow as row')
    .leftJoin('account', 'account.id', 'row.accountId')
    .select(['row.number', 'row.line', 'row.outcome', 'row.field', 'row.problem', 'row.notes', 'row.accountId'])
    .select('account.name as doctor')
    .where('row.runId', '=', importId)
    .where('row.stage', '=', run.stage)
    .where('row.number', '>', after)
  if (show === 'kept') asked = asked.where('row.notes', '!=', '')
  else if (show) asked = asked.where('row.outcome', '=', show)
  const found = await asked
    .orderBy('row.number')
    .limit(rowsAtOnce + 1)
    .execute()
  const names = await readNames(deps, run.csvHash)
  const rows = found.slice(0, rowsAtOnce).map(({ notes, doctor, ...row }) => ({
    ...row,
    ...{ notes: notes ? notes.split(',') : [], doctor: doctor ?? names(row.number) },
  }))
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.number ?? null) : null }
}

/** Whom a row is about, as the list says it. */
async function readNames({ files }: Deps, csvHash: string): Promise<(number: number) => string> {
  const { rows } = await readAccountList(await files.read(contentName(csvHash))).catch(() => ({ rows: [] }))
  return (number) => {
    const { hcp_code: code = '', name = '' } = rows[number - 1]?.fields ?? {}
    return [name, code].filter((word) => word !== '' && !carriesIdNumber(word)).join(' · ')
  }
}
