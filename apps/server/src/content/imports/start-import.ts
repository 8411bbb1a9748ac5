import type { importEndpoints, Input } from '@vouch/contract'
import { errnoOf } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { loadListUpload } from '../../uploads/load-list-upload.ts'

type Asked = Input<typeof importEndpoints.startImport>
const duplicateKey = 1062

/**
 * Begins an import of a list this person uploaded; a job does it row by row. The same request begins it once. Throws
 * `upload_not_found`, `request_id_reused` for another list under the same request.
 */
export async function startImport(deps: Deps, me: Session, asked: Asked): Promise<{ importId: string }> {
  const { db, now } = deps
  const list = await loadListUpload(deps, me, asked.csvUploadId)
  const importId = sha256(`import ${me.personId} ${asked.requestId}`).slice(0, 26)
  const what = { uploadId: list.id, csvHash: list.fileHash, dry: asked.dry ? 1 : 0 }
  const row = {
    id: importId,
    personId: me.personId,
    ...what,
    state: 'waiting' as const,
    createdAt: now(),
    doneAt: null,
  }
  await db
    .insertInto('importRun')
    .values(row)
    .execute()
    .catch((fault: unknown) => {
      if (errnoOf(fault) !== duplicateKey) throw fault
    })
  const begun = await db
    .selectFrom('importRun')
    .select(['uploadId', 'dry'])
    .where('id', '=', importId)
    .executeTakeFirstOrThrow()
  if (begun.uploadId !== what.uploadId || begun.dry !== what.dry) throw new AppError('request_id_reused')
  return { importId }
}
