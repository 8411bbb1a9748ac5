import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { ListError } from '../../read-csv.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import { findRoles } from '../../people/queries.ts'
import { mayAct } from '../consent-roles.ts'
import { readConsentList } from './consent-columns.ts'
import { takeConsentRow, type TakenRow } from './take-consent-row.ts'

/** The job ends before its lease does; the next one goes on with the row after. */
const longestMs = 50_000

/** Job: goes on with every list of earlier consents that is looked at or written, row by row. */
export async function runConsentImports(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  const runs = await deps.db
    .selectFrom('consentImport')
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
  const list = await readConsentList(await deps.files.read(contentName(run.csvHash))).catch((fault: unknown) => {
    if (fault instanceof ListError) return fault
    throw fault
  })
  if (list instanceof ListError) return end(deps, run, { problem: list.problem, about: list.about })
  if (!(await mayGoOn(deps, run))) return end(deps, run, { problem: 'wrong_role', about: '' })
  await deps.db.updateTable('consentImport').set({ rowCount: list.rows.length }).where('id', '=', run.id).execute()
  for (const row of list.rows) {
    if (performance.now() > endsAt) return
    if (row.number <= run.rowsDone) continue
    const taken = await takeConsentRow(deps, run, row, run.stage === 'writing')
    await transact(deps.db, (trx) => count(trx, run, { number: row.number, line: row.line, taken }))
  }
  await end(deps, run, null)
}

/** Who released it must still be allowed to when it is written, and for looking who began it. */
async function mayGoOn({ db, now }: Deps, run: Run): Promise<boolean> {
  const personId = run.stage === 'writing' ? (run.releasedBy ?? '') : run.personId
  return mayAct(await findRoles(db, personId, now()))
}

const countedIn = {
  new: 'rowsNew',
  unchanged: 'rowsUnchanged',
  claimed: 'rowsClaimed',
  failed: 'rowsFailed',
} as const

/** Each row is counted once, also when the same one was done twice by two who took turns. */
async function count(
  trx: Transaction<Database>,
  run: Run,
  { number, line, taken }: { number: number; line: number; taken: TakenRow },
): Promise<void> {
  const kept = await trx
    .selectFrom('consentImport')
    .select(['rowsDone', 'stage'])
    .where('id', '=', run.id)
    .forUpdate()
    .executeTakeFirst()
  if (kept?.rowsDone !== number - 1 || kept.stage !== run.stage) return
  const column = countedIn[taken.outcome]
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
}

async function end(deps: Deps, run: Run, fault: { problem: string; about: string } | null): Promise<void> {
  await transact(deps.db, async (trx) => {
    const kept = await trx
      .selectFrom('consentImport')
      .select(['stage', 'rowsNew', 'rowsClaimed', 'rowsFailed'])
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirst()
    if (kept?.stage !== run.stage) return
    const at = deps.now()
    const stage = run.stage === 'writing' ? ('done' as const) : ('checked' as const)
    const change = fault ? { stage: 'failed' as const, ...fault, doneAt: at } : { stage, doneAt: at }
    await trx.updateTable('consentImport').set(change).where('id', '=', run.id).execute()
    const { rowsNew, rowsClaimed, rowsFailed } = kept
    const actor = { kind: 'admin' as const, id: run.releasedBy ?? run.personId }
    await appendAudit(trx, deps.newId(), actor, at, {
      event: fault ? 'consent_import.failed' : `consent_import.${stage}`,
      subjectId: run.id,
      ...(fault ? { reason: fault.problem } : {}),
      detail: { rowsNew, rowsClaimed, rowsFailed, csvHash: run.csvHash },
    })
  })
}
