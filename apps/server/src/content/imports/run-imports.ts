import type { Transaction, Updateable } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { ImportRowTable } from '../../db/tables/imports.ts'
import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { asListError, ListError } from '../../read-csv.ts'
import { readList } from './read-list.ts'
import { planRow, type AskedRow } from './plan-row.ts'
import { kindOf, type Kind, type RowFault } from './row-values.ts'
import { writeRow } from './write-row.ts'

/** The job ends before its lease does; the next one goes on with the row after. */
const longestMs = 50_000

/**
 * Goes on with every import that is not done. A row is planned, noted, written and counted, in this order: whoever is
 * stopped in between is followed by another who does the same row again, to the same end.
 */
export async function runImports(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  for (const run of await findOpenRuns(deps)) if (performance.now() < endsAt) await goOn(deps, run, endsAt)
}

function findOpenRuns({ db }: Deps) {
  return db
    .selectFrom('importRun')
    .innerJoin('person', 'person.id', 'importRun.personId')
    .select([
      'importRun.id',
      'personId',
      'csvHash',
      'dry',
      'rowsDone',
      'person.name',
      'person.wecomUserId',
      'person.status',
    ])
    .where('importRun.state', 'in', ['waiting', 'running'])
    .orderBy('importRun.createdAt')
    .limit(20)
    .execute()
}
type Run = Awaited<ReturnType<typeof findOpenRuns>>[number]

async function goOn(deps: Deps, run: Run, endsAt: number): Promise<void> {
  const list = await readList(await deps.files.read(contentName(run.csvHash))).catch(asListError)
  if (list instanceof ListError) return end(deps, run, { problem: list.problem, field: list.about })
  if (!(await mayImport(deps, run))) return end(deps, run, { problem: 'wrong_role', field: '' })
  const { db } = deps
  await db
    .updateTable('importRun')
    .set({ state: 'running', rowCount: list.rows.length })
    .where('id', '=', run.id)
    .execute()
  const policy = await db
    .selectFrom('policy')
    .select('market')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const scope = { runId: run.id, personId: run.personId, ...policy }
  const seen = new Map<string, Kind | undefined>()
  for (const row of list.rows) {
    if (performance.now() > endsAt) return
    if (row.number > run.rowsDone) await takeRow(deps, run, { scope, row, seen })
    if (row.fields.document_id) seen.set(row.fields.document_id, kindOf(row))
  }
  await end(deps, run, null)
}

/** Who began it must still be with us and an author when it is done. */
async function mayImport({ db, now }: Deps, { personId, status }: Run): Promise<boolean> {
  return status === 'active' && (await findRoles(db, personId, now())).includes('author')
}

async function takeRow(deps: Deps, run: Run, asked: AskedRow): Promise<void> {
  const { db } = deps
  const { row } = asked
  const plan = await planRow(deps, asked)
  let fault: RowFault | undefined = plan.outcome === 'failed' ? plan.fault : undefined
  const { number, line } = row
  const noted = { runId: run.id, number, line, outcome: plan.outcome, documentId: plan.documentId }
  await db.insertInto('importRow').ignore().values(noted).execute()
  if (!run.dry && 'values' in plan) fault = await writeRow(deps, asSession(run), { plan, key: `${run.id} ${number}` })
  await transact(db, (trx) => countRow(trx, run.id, { number, fault }))
}

/** Once for each row, however many processes came to its end: it is counted as what it was noted for first. */
async function countRow(
  trx: Transaction<Database>,
  runId: string,
  { number, fault }: { number: number; fault: RowFault | undefined },
): Promise<void> {
  const run = await trx
    .selectFrom('importRun')
    .select('rowsDone')
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirst()
  if (run?.rowsDone !== number - 1) return
  const row = { runId, number }
  if (fault) await changeRow(trx, row, { outcome: 'failed', ...fault })
  const { outcome } = await trx
    .selectFrom('importRow')
    .select('outcome')
    .where('runId', '=', runId)
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const column = countedIn[outcome]
  await trx
    .updateTable('importRun')
    .set((eb) => ({ rowsDone: number, [column]: eb(column, '+', 1) }))
    .where('id', '=', runId)
    .execute()
}

const countedIn = {
  new: 'rowsNew',
  new_version: 'rowsNewVersion',
  changed: 'rowsChanged',
  unchanged: 'rowsUnchanged',
  failed: 'rowsFailed',
} as const

async function changeRow(
  trx: Transaction<Database>,
  { runId, number }: { runId: string; number: number },
  change: Updateable<ImportRowTable>,
): Promise<void> {
  await trx.updateTable('importRow').set(change).where('runId', '=', runId).where('number', '=', number).execute()
}

/** The person who asked, as the use cases want them: no sign-in stands behind a job, and only authors get so far. */
function asSession({ personId, name, wecomUserId }: Run): Session {
  return { personId, name, wecomUserId, roles: ['author'], tokenHash: '', way: 'wecom', signedInAt: new Date(0) }
}

/** A list that cannot be read at all has its reason in the place of row 0. */
async function end(deps: Deps, run: Run, fault: { problem: string; field: string } | null): Promise<void> {
  const { db, now, newId } = deps
  await transact(db, async (trx) => {
    const state = await trx
      .selectFrom('importRun')
      .select(['state', 'rowsDone', 'rowsFailed'])
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirst()
    if (!state || state.state === 'done' || state.state === 'failed') return
    const at = now()
    if (fault) {
      const row = { runId: run.id, number: 0, outcome: 'failed' as const, documentId: null, ...fault }
      await trx.insertInto('importRow').ignore().values(row).execute()
    }
    const change = { state: fault ? ('failed' as const) : ('done' as const), doneAt: at }
    await trx.updateTable('importRun').set(change).where('id', '=', run.id).execute()
    const detail = { rows: state.rowsDone, failed: state.rowsFailed, csvHash: run.csvHash }
    const told = { event: run.dry ? ('import.planned' as const) : ('import.done' as const), subjectId: run.id, detail }
    const actor = { kind: 'admin' as const, id: run.personId }
    await appendAudit(trx, newId(), actor, at, fault ? { ...told, reason: fault.problem } : told)
  })
}
