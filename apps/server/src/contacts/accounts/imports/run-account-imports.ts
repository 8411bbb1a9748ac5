import { csvTime } from '../../../csv.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { isTurn, runListImports, type ListRun } from '../../../list-imports.ts'
import { mayWriteAccounts } from '../account-roles.ts'
import { readAccountList, type AccountListRow } from './account-columns.ts'
import { groupRows } from './row-groups.ts'
import { takeRows, type TakenRow } from './take-rows.ts'

/** Job: goes on with every list of doctors that is looked at or written, some rows at a time. */
export function runAccountImports(deps: Deps): Promise<void> {
  return runListImports(deps, {
    ...{ of: 'account', read: readAccountList, mayWrite: mayWriteAccounts, atOnce: 100, taking },
    told: ['rowsNew', 'rowsChanged', 'rowsFailed'],
  })
}

/** What the rows of one doctor say together is found once; each time some are taken, they are counted with it. */
function taking(deps: Deps, run: ListRun, list: readonly AccountListRow[]) {
  const today = csvTime(deps.now()).slice(0, 10)
  const groups = groupRows(list, today)
  return (rows: readonly AccountListRow[], from: number): Promise<boolean> =>
    transact(deps.db, async (trx) => {
      if (!(await isTurn(trx, 'account', { run, from }))) return false
      const taken = await takeRows(deps, trx, run, { rows, groups, today })
      await trx
        .insertInto('accountImportRow')
        .values(taken.map((row) => ({ runId: run.id, stage: run.stage, ...row })))
        .execute()
      const some = (outcome: TakenRow['outcome']) => taken.filter((row) => row.outcome === outcome).length
      const kept = taken.filter(({ notes }) => notes !== '').length
      await trx
        .updateTable('accountImport')
        .set((eb) => ({
          rowsDone: from + rows.length,
          rowsNew: eb('rowsNew', '+', some('new')),
          rowsChanged: eb('rowsChanged', '+', some('changed')),
          rowsUnchanged: eb('rowsUnchanged', '+', some('unchanged')),
          rowsFailed: eb('rowsFailed', '+', some('failed')),
          rowsKept: eb('rowsKept', '+', kept),
        }))
        .where('id', '=', run.id)
        .execute()
      return true
    })
}
