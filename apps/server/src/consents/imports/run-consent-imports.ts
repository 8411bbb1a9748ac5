import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { isTurn, runListImports, type ListRun } from '../../list-imports.ts'
import { mayAct } from '../consent-roles.ts'
import { readConsentList, type ConsentListRow } from './consent-columns.ts'
import { takeConsentRow } from './take-consent-row.ts'

/** Job: goes on with every list of earlier consents that is looked at or written, row by row. */
export function runConsentImports(deps: Deps): Promise<void> {
  return runListImports(deps, {
    ...{ of: 'consent', read: readConsentList, mayWrite: mayAct, atOnce: 1, taking },
    told: ['rowsNew', 'rowsClaimed', 'rowsFailed'],
  })
}

const countedIn = {
  new: 'rowsNew',
  unchanged: 'rowsUnchanged',
  claimed: 'rowsClaimed',
  failed: 'rowsFailed',
} as const

/** A row is written before it is counted: done again by the next, it is the same. */
function taking(deps: Deps, run: ListRun) {
  return async ([row]: readonly ConsentListRow[], from: number): Promise<boolean> => {
    if (!row) return false
    const taken = await takeConsentRow(deps, run, row)
    return transact(deps.db, async (trx) => {
      if (!(await isTurn(trx, 'consent', { run, from }))) return false
      const column = countedIn[taken.outcome]
      const { number, line } = row
      const fault = taken.outcome === 'failed' ? { field: taken.field, problem: taken.problem } : {}
      await trx
        .insertInto('consentImportRow')
        .values({ runId: run.id, stage: run.stage, number, line, outcome: taken.outcome, ...fault })
        .execute()
      await trx
        .updateTable('consentImport')
        .set((eb) => ({ rowsDone: number, [column]: eb(column, '+', 1) }))
        .where('id', '=', run.id)
        .execute()
      return true
    })
  }
}
