import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { errnoOf } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireRole } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { loadListUpload } from '../../uploads/load-list-upload.ts'
import { consentWriters } from '../consent-roles.ts'

type Endpoint = typeof consentEndpoints.startConsentImport
const duplicateKey = 1062

/** Has a list of earlier consents looked at, row by row; nothing is written. The same request begins it once. */
export async function startConsentImport(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireRole(deps, me, consentWriters)
  const { db, now, newId } = deps
  const list = await loadListUpload(deps, me, asked.uploadId)
  const run = { id: newId(), personId: me.personId, uploadId: list.id, csvHash: list.fileHash, fileName: list.fileName }
  await db
    .insertInto('consentImport')
    .values({
      ...{ ...run, stage: 'checking', createdAt: now(), requestId: asked.requestId },
      ...{ rowCount: null, releasedBy: null, releasedAt: null, doneAt: null },
    })
    .execute()
    .catch((fault: unknown) => {
      if (errnoOf(fault) !== duplicateKey) throw fault
    })
  return findBegun(db, me, asked)
}

async function findBegun(db: Kysely<Database>, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const begun = await db
    .selectFrom('consentImport')
    .select(['id', 'uploadId'])
    .where('personId', '=', me.personId)
    .where('requestId', '=', asked.requestId)
    .executeTakeFirstOrThrow()
  if (begun.uploadId !== asked.uploadId) throw new AppError('request_id_reused')
  return { importId: begun.id }
}
