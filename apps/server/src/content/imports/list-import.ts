import type { importEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'

type Asked = Input<typeof importEndpoints.lookAtImport>
type Answer = Output<typeof importEndpoints.lookAtImport>
const rowsAtOnce = 200

/** How far an import of this person is, and what became of its rows. Throws `upload_not_found`. */
export async function listImport({ db }: Deps, me: Session, asked: Asked): Promise<Answer> {
  const run = await loadImport(db, me, asked.importId)
  const whole = await db
    .selectFrom('importRow')
    .select(['problem', 'field'])
    .where('runId', '=', run.id)
    .where('number', '=', 0)
    .executeTakeFirst()
  const found = await findRows(db, asked)
  const rows = found.slice(0, rowsAtOnce)
  return {
    ...{
      importId: run.id,
      dry: Boolean(run.dry),
      stage: run.state,
      problem: whole?.problem ?? null,
      about: whole?.field ?? '',
    },
    ...{ of: run.rowCount, done: run.rowsDone, failed: run.rowsFailed, counts: await countRows(db, run.id), rows },
    next: found.length > rows.length ? (rows.at(-1)?.number ?? null) : null,
  }
}

export async function loadImport(db: Deps['db'], me: Session, importId: string) {
  const run = await db
    .selectFrom('importRun')
    .select(['id', 'dry', 'state', 'csvHash', 'rowCount', 'rowsDone', 'rowsFailed'])
    .where('id', '=', importId)
    .where('personId', '=', me.personId)
    .executeTakeFirst()
  if (!run) throw new AppError('upload_not_found')
  return run
}

function findRows(db: Deps['db'], { importId, after, failedOnly }: Asked) {
  let asked = db
    .selectFrom('importRow')
    .select(['number', 'outcome', 'documentId', 'field', 'problem'])
    .where('runId', '=', importId)
    .where('number', '>', after)
  if (failedOnly) asked = asked.where('outcome', '=', 'failed')
  return asked
    .orderBy('number')
    .limit(rowsAtOnce + 1)
    .execute()
}

async function countRows(db: Deps['db'], runId: string): Promise<Answer['counts']> {
  const counted = await db
    .selectFrom('importRow')
    .select((eb) => ['outcome', eb.fn.countAll<number>().as('count')])
    .where('runId', '=', runId)
    .where('number', '>', 0)
    .groupBy('outcome')
    .execute()
  const counts = { new: 0, new_version: 0, changed: 0, unchanged: 0, failed: 0 }
  for (const { outcome, count } of counted) counts[outcome] = Number(count)
  return counts
}
