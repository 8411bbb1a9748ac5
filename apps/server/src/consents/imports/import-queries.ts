import type { ConsentImport } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

const counts = ['rowCount', 'rowsDone', 'rowsNew', 'rowsUnchanged', 'rowsClaimed', 'rowsFailed'] as const

/** Runs with who began and who released them. */
export const selectImports = (db: Kysely<Database>) =>
  db
    .selectFrom('consentImport')
    .leftJoin('person as clerk', 'clerk.id', 'consentImport.personId')
    .leftJoin('person as judge', 'judge.id', 'consentImport.releasedBy')
    .select(['consentImport.id as importId', 'personId', 'csvHash', 'fileName', 'stage', 'problem', 'about', ...counts])
    .select(['consentImport.createdAt', 'releasedAt', 'doneAt', 'releasedBy'])
    .select(['clerk.name as clerk', 'judge.name as judge'])
export type ImportRun = Awaited<ReturnType<ReturnType<typeof selectImports>['execute']>>[number]

export function asImport(run: ImportRun, may: { personId: string; act: boolean }): ConsentImport {
  const { personId, clerk, judge, csvHash: _hash, releasedBy: _releasedBy, ...shown } = run
  return {
    ...shown,
    ...{ by: clerk ?? '', releasedBy: judge ?? '' },
    mayRelease: may.act && run.stage === 'checked' && personId !== may.personId,
  }
}
