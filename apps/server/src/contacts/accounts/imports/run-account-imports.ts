import type { Transaction } from 'kysely'
import { appendAudit } from '../../../audit/append-audit.ts'
import { csvTime } from '../../../csv.ts'
import { transact } from '../../../db/database.ts'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import { contentName } from '../../../files/file-names.ts'
import { findRoles } from '../../../people/queries.ts'
import { ListError } from '../../../read-csv.ts'
import { mayWriteAccounts } from '../account-roles.ts'
import { readAccountList, type AccountListRow } from './account-columns.ts'
import { groupRows, type Group } from './row-groups.ts'
import { takeRows, type TakenRow } from './take-rows.ts'

/** The job ends before its lease does; the next one goes on with the row after. */
const longestMs = 50_000
const atOnce = 100

/** Job: goes on with every list of doctors that is looked at or written, some rows at a time. */
export async function runAccountImports(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  const runs = await deps.db
    .selectFrom('accountImport')
    .select(['id', 'personId', 'csvHash', 'stage', 'rowsDone', 'releasedBy'])
    .where('stage', 'in', ['checking', 'writing'])
    .orderBy('id')
    .limit(20)
    .execute()
  for (const run of runs) if (performance.now() < endsAt) await goOn(deps, run as Run, endsAt) // of these two stages
}

type Run = {
  id: string
  personId: string
  csvHash: string
  stage: 'checking' | 'writing'
  rowsDone: number
  releasedBy: string | null
}

async function goOn(deps: Deps, run: Run, endsAt: number): Promise<void> {
  const list = await readAccountList(await deps.files.read(contentName(run.csvHash))).catch((fault: unknown) => {
    if (fault instanceof ListError) return fault
    throw fault
  })
  if (list instanceof ListError) return end(deps, run, { problem: list.problem, about: list.about })
  const actsFor = run.stage === 'writing' ? (run.releasedBy ?? '') : run.personId
  if (!mayWriteAccounts(await findRoles(deps.db, actsFor, deps.now())))
    return end(deps, run, { problem: 'wrong_role', about: '' })
  await deps.db.updateTable('accountImport').set({ rowCount: list.rows.length }).where('id', '=', run.id).execute()
  const today = csvTime(deps.now()).slice(0, 10)
  const groups = groupRows(list.rows, today)
  for (let from = run.rowsDone; from < list.rows.length; from += atOnce) {
    if (performance.now() > endsAt) return
    const rows = list.rows.slice(from, from + atOnce)
    if (!(await takeSome(deps, run, { from, rows, groups, today }))) return
  }
  await end(deps, run, null)
}

type Some = { from: number; rows: AccountListRow[]; groups: Map<string, Group>; today: string }

/** False when somebody else took these rows, or the run was stopped. */
function takeSome(deps: Deps, run: Run, { from, rows, groups, today }: Some): Promise<boolean> {
  return transact(deps.db, async (trx) => {
    const kept = await lockRun(trx, run.id)
    if (kept?.rowsDone !== from || kept.stage !== run.stage) return false
    const taken = await takeRows(deps, trx, run, { rows, groups, today })
    await trx
      .insertInto('accountImportRow')
      .values(taken.map((row) => ({ runId: run.id, stage: run.stage, ...row })))
      .execute()
    const count = (wanted: (row: TakenRow) => boolean): number => taken.filter(wanted).length
    await trx
      .updateTable('accountImport')
      .set((eb) => ({
        rowsDone: from + rows.length,
        rowsNew: eb(
          'rowsNew',
          '+',
          count((row) => row.outcome === 'new'),
        ),
        rowsChanged: eb(
          'rowsChanged',
          '+',
          count((row) => row.outcome === 'changed'),
        ),
        rowsUnchanged: eb(
          'rowsUnchanged',
          '+',
          count((row) => row.outcome === 'unchanged'),
        ),
        rowsFailed: eb(
          'rowsFailed',
          '+',
          count((row) => row.outcome === 'failed'),
        ),
        rowsKept: eb(
          'rowsKept',
          '+',
          count((row) => row.notes !== ''),
        ),
      }))
      .where('id', '=', run.id)
      .execute()
    return true
  })
}

const lockRun = (trx: Transaction<Database>, id: string) =>
  trx
    .selectFrom('accountImport')
    .select(['rowsDone', 'stage', 'rowsNew', 'rowsChanged', 'rowsFailed'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

async function end(deps: Deps, run: Run, fault: { problem: string; about: string } | null): Promise<void> {
  await transact(deps.db, async (trx) => {
    const kept = await lockRun(trx, run.id)
    if (kept?.stage !== run.stage) return
    const at = deps.now()
    const stage = run.stage === 'writing' ? ('done' as const) : ('checked' as const)
    const change = fault ? { stage: 'failed' as const, ...fault, doneAt: at } : { stage, doneAt: at }
    await trx.updateTable('accountImport').set(change).where('id', '=', run.id).execute()
    const { rowsNew, rowsChanged, rowsFailed } = kept
    const actor = { kind: 'admin' as const, id: run.releasedBy ?? run.personId }
    await appendAudit(trx, deps.newId(), actor, at, {
      event: fault ? 'account_import.failed' : `account_import.${stage}`,
      subjectId: run.id,
      ...(fault ? { reason: fault.problem } : {}),
      detail: { rowsNew, rowsChanged, rowsFailed, csvHash: run.csvHash },
    })
  })
}
