import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { hashOf } from '../files/file-hash.ts'
import { partName } from '../files/file-names.ts'
import type { Session } from '../people/sessions.ts'
import { loadUpload } from './find-upload.ts'
import { findParts, lockUpload, type Upload } from './queries.ts'
import { bytesOfPart, openLifeMs } from './upload-limits.ts'

type GivenPart = { uploadId: string; number: number; sha256: string; bytes: Buffer }

/**
 * Keeps one part; the same part may come again, and any order will do. Throws `part_mismatch` for bytes that are not
 * what their hash says, or not what was kept before: then the file was changed on the way.
 */
export async function storePart(deps: Deps, me: Session, given: GivenPart): Promise<{ number: number; kept: true }> {
  const upload = await loadUpload(deps, me, given.uploadId)
  if (upload.state !== 'open') throw new AppError('upload_not_found')
  const expected = bytesOfPart(given.number, upload.bytes)
  if (expected === 0) throw new AppError('bad_request', { field: 'number' })
  if (given.bytes.length !== expected || hashOf(given.bytes) !== given.sha256) throw new AppError('part_mismatch')
  if (!(await isKept(deps.db, given))) {
    await deps.files.put(partName(upload.id, given), given.bytes)
    await keep(deps, given)
  }
  return { number: given.number, kept: true }
}

/** Written and verified before the row says so; a part that came too late is taken away again. */
async function keep(deps: Deps, given: GivenPart): Promise<void> {
  const { uploadId, number, sha256, bytes } = given
  const kept = await transact(deps.db, async (trx) => {
    const upload = await lockUpload(trx, uploadId)
    const at = deps.now()
    if (!isOpen(upload, at)) return false
    if (await isKept(trx, given)) return true
    await trx.insertInto('uploadPart').values({ uploadId, number, sha256, bytes: bytes.length, storedAt: at }).execute()
    const change = { endsAt: new Date(at.getTime() + openLifeMs), problem: null }
    await trx.updateTable('upload').set(change).where('id', '=', uploadId).execute()
    return true
  })
  if (kept) return
  await deps.files.remove(partName(uploadId, given))
  throw new AppError('upload_not_found')
}

const isOpen = (upload: Upload | undefined, at: Date): boolean => upload?.state === 'open' && upload.endsAt > at

async function isKept(db: Deps['db'], { uploadId, number, sha256 }: GivenPart): Promise<boolean> {
  const kept = (await findParts(db, uploadId)).find((part) => part.number === number)
  if (kept && kept.sha256 !== sha256) throw new AppError('part_mismatch')
  return kept !== undefined
}
