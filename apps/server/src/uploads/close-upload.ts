import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'
import { findUpload, loadUpload, type Progress } from './find-upload.ts'
import { findParts, lockUpload } from './queries.ts'
import { openLifeMs, partsOf } from './upload-limits.ts'

/**
 * Hands a whole upload over to be checked, which a job does within a second or two. One with parts missing stays open;
 * one that is closed already is as it is. Throws `upload_not_found`.
 */
export async function closeUpload(deps: Deps, me: Session, { uploadId }: { uploadId: string }): Promise<Progress> {
  await loadUpload(deps, me, uploadId)
  await transact(deps.db, async (trx) => {
    const upload = await lockUpload(trx, uploadId)
    if (upload?.state !== 'open') return
    const parts = await findParts(trx, uploadId)
    if (parts.length < partsOf(upload.bytes)) return
    const endsAt = new Date(deps.now().getTime() + openLifeMs)
    await trx
      .updateTable('upload')
      .set({ state: 'checking', problem: null, endsAt })
      .where('id', '=', uploadId)
      .execute()
  })
  return findUpload(deps, me, { uploadId })
}
