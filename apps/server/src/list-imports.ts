import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from './audit/append-audit.ts'
import { errnoOf, transact } from './db/database.ts'
import type { Database } from './db/schema.ts'
import type { Deps } from './deps.ts'
import { errorTable, type Words } from './error-table.ts'
import { AppError } from './errors.ts'
import { contentName } from './files/file-names.ts'
import { findRoles } from './people/queries.ts'
import type { Session } from './people/sessions.ts'
import { asListError, ListError, type Table } from './read-csv.ts'
import { loadListUpload } from './uploads/load-list-upload.ts'

/** Lists that are looked at first and written when a person says so: of doctors, and of earlier consents. */
type Subject = 'account' | 'consent'
const runsOf = (of: Subject) => `${of}Import` as const

/** A list under way. */
export type ListRun = {
  id: string
  personId: string
  csvHash: string
  stage: 'checking' | 'writing'
  rowsDone: number
  releasedBy: string | null
}

type ListImport<Row> = {
  of: Subject
  /** Throws ListError. */
  read: (bytes: Uint8Array) => Promise<{ rows: Row[] }>
  mayWrite: (roles: readonly string[]) => boolean
  /** Rows that are taken together. */
  atOnce: number
  /** Takes the rows after `from`, and counts them; false when it was not their turn. */
  taking: (deps: Deps, run: ListRun, list: readonly Row[]) => (rows: readonly Row[], from: number) => Promise<boolean>
  /** What the audit trail says of its end. */
  told: readonly ('rowsNew' | 'rowsChanged' | 'rowsClaimed' | 'rowsFailed')[]
}

/** The job ends before its lease does; the next one goes on with the row after. */
const longestMs = 50_000

/** Goes on with every list that is looked at or written. */
export async function runListImports<Row>(deps: Deps, lists: ListImport<Row>): Promise<void> {
  const endsAt = performance.now() + longestMs
  const runs = await deps.db
    .selectFrom(runsOf(lists.of))
    .select(['id', 'personId', 'csvHash', 'stage', 'rowsDone', 'releasedBy'])
    .where('stage', 'in', ['checking', 'writing'])
    .$narrowType<{ stage: 'checking' | 'writing' }>()
    .orderBy('id')
    .limit(20)
    .execute()
  for (const run of runs) if (performance.now() < endsAt) await goOn(deps, lists, { run, endsAt })
}

async function goOn<Row>(
  deps: Deps,
  lists: ListImport<Row>,
  { run, endsAt }: { run: ListRun; endsAt: number },
): Promise<void> {
  const list = await lists.read(await deps.files.read(contentName(run.csvHash))).catch(asListError)
  if (list instanceof ListError) return end(deps, lists, { run, fault: list })
  // Who released it must still be allowed to when it is written, and for looking who began it.
  const actsFor = run.stage === 'writing' ? (run.releasedBy ?? '') : run.personId
  if (!lists.mayWrite(await findRoles(deps.db, actsFor, deps.now())))
    return end(deps, lists, { run, fault: { problem: 'wrong_role', about: '' } })
  const { rows } = list
  await deps.db.updateTable(runsOf(lists.of)).set({ rowCount: rows.length }).where('id', '=', run.id).execute()
  const take = lists.taking(deps, run, rows)
  for (let from = run.rowsDone; from < rows.length; from += lists.atOnce) {
    if (performance.now() > endsAt) return
    if (!(await take(rows.slice(from, from + lists.atOnce), from))) return
  }
  await end(deps, lists, { run })
}

/** Locks the run. False when somebody else took the rows after `from`, or it was stopped: each row is counted once. */
export async function isTurn(
  trx: Transaction<Database>,
  of: Subject,
  { run, from }: { run: ListRun; from: number },
): Promise<boolean> {
  const kept = await trx
    .selectFrom(runsOf(of))
    .select(['rowsDone', 'stage'])
    .where('id', '=', run.id)
    .forUpdate()
    .executeTakeFirst()
  return kept?.rowsDone === from && kept.stage === run.stage
}

async function end(
  { db, now, newId }: Deps,
  { of, told }: Pick<ListImport<never>, 'of' | 'told'>,
  { run, fault }: { run: ListRun; fault?: { problem: string; about: string } },
): Promise<void> {
  await transact(db, async (trx) => {
    const kept = await trx
      .selectFrom(runsOf(of))
      .select(['stage', ...told])
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirst()
    if (kept?.stage !== run.stage) return
    const { stage: before, ...counts } = kept
    const at = now()
    const stage = fault ? 'failed' : before === 'writing' ? 'done' : 'checked'
    const why = fault && { problem: fault.problem, about: fault.about }
    await trx
      .updateTable(runsOf(of))
      .set({ stage, doneAt: at, ...why })
      .where('id', '=', run.id)
      .execute()
    await appendAudit(trx, newId(), { kind: 'admin', id: run.releasedBy ?? run.personId }, at, {
      event: `${of}_import.${stage}`,
      subjectId: run.id,
      ...(fault && { reason: fault.problem }),
      detail: { ...counts, csvHash: run.csvHash },
    })
  })
}

const duplicateKey = 1062

/**
 * Has an uploaded list looked at; nothing is written. The same request begins it once. Throws `upload_not_found`,
 * `request_id_reused` for another list under the same request.
 */
export async function startListImport(
  deps: Deps,
  me: Session,
  { of, requestId, uploadId }: { of: Subject; requestId: string; uploadId: string },
): Promise<{ importId: string }> {
  const { db, now, newId } = deps
  const list = await loadListUpload(deps, me, uploadId)
  const run = { id: newId(), personId: me.personId, uploadId: list.id, csvHash: list.fileHash, fileName: list.fileName }
  await db
    .insertInto(runsOf(of))
    .values({
      ...{ ...run, stage: 'checking', createdAt: now(), requestId },
      ...{ rowCount: null, releasedBy: null, releasedAt: null, doneAt: null },
    })
    .execute()
    .catch((fault: unknown) => {
      if (errnoOf(fault) !== duplicateKey) throw fault
    })
  const begun = await db
    .selectFrom(runsOf(of))
    .select(['id', 'uploadId'])
    .where('personId', '=', me.personId)
    .where('requestId', '=', requestId)
    .executeTakeFirstOrThrow()
  if (begun.uploadId !== uploadId) throw new AppError('request_id_reused')
  return { importId: begun.id }
}

/** The list of a run, and which of its rows tell of it: those written, else those looked at. Throws `upload_not_found`. */
export async function loadListRun(db: Kysely<Database>, of: Subject, importId: string) {
  const run = await db
    .selectFrom(runsOf(of))
    .select(['csvHash', 'releasedBy'])
    .where('id', '=', importId)
    .executeTakeFirst()
  if (!run) throw new AppError('upload_not_found')
  return { csvHash: run.csvHash, stage: run.releasedBy ? ('writing' as const) : ('checking' as const) }
}

type AskedErrors<Field extends string> = Words<Field> & {
  of: Subject
  importId: string
  read: (bytes: Uint8Array) => Promise<Table<Field>>
}

/** The rows that failed as they stood, and why; put right, the list can be imported as it is. */
export async function listImportErrors<Field extends string>(
  { db, files }: Deps,
  { of, importId, read, ...words }: AskedErrors<Field>,
): Promise<string> {
  const { csvHash, stage } = await loadListRun(db, of, importId)
  const failed = await db
    .selectFrom(`${runsOf(of)}Row` as const)
    .select(['number', 'field', 'problem'])
    .where('runId', '=', importId)
    .where('stage', '=', stage)
    .where('outcome', '=', 'failed')
    .orderBy('number')
    .execute()
  const list = await read(await files.read(contentName(csvHash))).catch(() => ({ headings: [], rows: [] }))
  return errorTable(list, failed, words)
}
