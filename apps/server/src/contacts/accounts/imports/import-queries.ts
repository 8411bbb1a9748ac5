import type { AccountImport } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../../db/schema.ts'

const counts = [
  ...(['rowCount', 'rowsDone', 'rowsNew', 'rowsChanged', 'rowsUnchanged', 'rowsFailed', 'rowsKept'] as const),
] as const

/** Runs with who began them and who had them written. */
export const selectAccountImports = (db: Kysely<Database>) =>
  db
    .selectFrom('accountImport')
    .leftJoin('person as clerk', 'clerk.id', 'accountImport.personId')
    .leftJoin('person as judge', 'judge.id', 'accountImport.releasedBy')
    .select(['accountImport.id as importId', 'fileName', 'stage', 'problem', 'about', ...counts])
    .select(['accountImport.createdAt', 'releasedAt', 'doneAt'])
    .select(['clerk.name as clerk', 'judge.name as judge'])
type ImportRun = Awaited<ReturnType<ReturnType<typeof selectAccountImports>['execute']>>[number]

export function asAccountImport({ clerk, judge, ...run }: ImportRun, mayWrite: boolean): AccountImport {
  return {
    ...run,
    ...{ by: clerk ?? '', releasedBy: judge ?? '' },
    mayWrite: mayWrite && run.stage === 'checked',
    mayCancel: mayWrite && ['checking', 'checked', 'writing'].includes(run.stage),
  }
}
