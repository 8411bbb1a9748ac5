import type { importEndpoints, Output } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

export type ImportSummary = Output<typeof importEndpoints.listImports>['imports'][number]

const problemOf = (field: 'problem' | 'field') =>
  sql<string | null>`(select ${sql.ref(field)} from import_row where run_id = import_run.id and number = 0)`

/** Imports with their numbers; of each the list it was made from, as long as that may be used again. */
export function selectRuns(db: Kysely<Database>, { personId, now }: { personId: string; now: Date }) {
  return db
    .selectFrom('importRun')
    .innerJoin('upload', 'upload.id', 'importRun.uploadId')
    .select(['importRun.id', 'importRun.dry', 'importRun.state', 'importRun.csvHash', 'importRun.createdAt'])
    .select(['importRun.doneAt', 'importRun.rowCount', 'importRun.rowsDone', 'importRun.rowsFailed'])
    .select(['importRun.rowsNew', 'importRun.rowsNewVersion', 'importRun.rowsChanged', 'importRun.rowsUnchanged'])
    .select(['upload.fileName', 'importRun.uploadId'])
    .select(problemOf('problem').as('problem'))
    .select(problemOf('field').as('about'))
    .select((eb) => eb.and([eb('upload.state', '=', 'stored'), eb('upload.endsAt', '>', now)]).as('listKept'))
    .where('importRun.personId', '=', personId)
}
export type RunRow = Awaited<ReturnType<ReturnType<typeof selectRuns>['execute']>>[number]

export function summaryOf(run: RunRow): ImportSummary {
  return {
    ...{ importId: run.id, dry: Boolean(run.dry), stage: run.state, createdAt: run.createdAt, doneAt: run.doneAt },
    ...{ fileName: run.fileName, csvUploadId: run.listKept ? run.uploadId : null },
    ...{ problem: run.problem, about: run.about ?? '', of: run.rowCount, done: run.rowsDone, failed: run.rowsFailed },
    counts: {
      ...{ new: run.rowsNew, new_version: run.rowsNewVersion, changed: run.rowsChanged },
      ...{ unchanged: run.rowsUnchanged, failed: run.rowsFailed },
    },
  }
}
