import type { accountEndpoints, Input, Output } from '@vouch/contract'
import { errnoOf } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import { requireRole } from '../../../people/role-queries.ts'
import type { Session } from '../../../people/sessions.ts'
import { loadListUpload } from '../../../uploads/load-list-upload.ts'
import { accountWriters } from '../account-roles.ts'

type Endpoint = typeof accountEndpoints.startAccountImport
const duplicateKey = 1062

/** Has a list of doctors looked at; nothing is written. The same request begins it once. */
export async function startAccountImport(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireRole(deps, me, accountWriters)
  const { db, now, newId } = deps
  const list = await loadListUpload(deps, me, asked.uploadId)
  const run = { id: newId(), personId: me.personId, uploadId: list.id, csvHash: list.fileHash, fileName: list.fileName }
  await db
    .insertInto('accountImport')
    .values({
      ...{ ...run, stage: 'checking', createdAt: now(), requestId: asked.requestId },
      ...{ rowCount: null, releasedBy: null, releasedAt: null, doneAt: null },
    })
    .execute()
    .catch((fault: unknown) => {
      if (errnoOf(fault) !== duplicateKey) throw fault
    })
  const begun = await db
    .selectFrom('accountImport')
    .select(['id', 'uploadId'])
    .where('personId', '=', me.personId)
    .where('requestId', '=', asked.requestId)
    .executeTakeFirstOrThrow()
  if (begun.uploadId !== asked.uploadId) throw new AppError('request_id_reused')
  return { importId: begun.id }
}
