import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { hashOf } from '../files/file-hash.ts'
import type { Session } from '../people/sessions.ts'
import { closeUpload } from './close-upload.ts'
import { findUpload, type Progress } from './find-upload.ts'
import { openUpload } from './open-upload.ts'
import { storePart } from './store-part.ts'
import { partBytes, whoUploads } from './upload-limits.ts'

type Photo = { photoId: string; stage: 'checking' | 'stored' | 'refused' }

/**
 * Keeps a photo that came as bytes, as an upload of its own: what it is is told by the bytes themselves, by the job that
 * looks at all of them. Sent again after a lost answer it is the same photo.
 */
export async function keepPhoto(deps: Deps, me: Session, bytes: Buffer): Promise<Photo> {
  if (bytes.length === 0) throw new AppError('bad_request', { field: 'body' })
  const sha256 = hashOf(bytes)
  const asked = { fileName: nameOf(bytes), bytes: bytes.length, sha256, purpose: 'evidence' as const }
  const opened = await openUpload(deps, me, asked, whoUploads.evidence)
  if (opened.stage !== 'open') return stageOf(opened)
  const { uploadId } = opened
  for (let number = 1; (number - 1) * partBytes < bytes.length; number += 1) {
    const part = bytes.subarray((number - 1) * partBytes, number * partBytes)
    await storePart(deps, me, { uploadId, number, sha256: hashOf(part), bytes: part })
  }
  return stageOf(await closeUpload(deps, me, { uploadId }))
}

/** How far the check of their own photo is. */
export async function lookAtPhoto(deps: Deps, me: Session, photoId: string): Promise<Photo> {
  return stageOf(await findUpload(deps, me, { uploadId: photoId }))
}

const stageOf = ({ uploadId, stage }: Progress): Photo => ({
  photoId: uploadId,
  stage: stage === 'open' ? 'checking' : stage,
})

/** A phone's own name of a photo tells nobody anything. */
const nameOf = (bytes: Buffer): string => (bytes[0] === 0x89 ? 'photo.png' : 'photo.jpg')
