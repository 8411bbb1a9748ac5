import type { Output, uploadEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { findParts, findStored, findUploadOf, type Upload } from './queries.ts'

export type Progress = Output<typeof uploadEndpoints.lookAtUpload>

/** Where an upload of this person stands. Throws `upload_not_found`. */
export async function findUpload(deps: Deps, me: Session, { uploadId }: { uploadId: string }): Promise<Progress> {
  return progressOf(deps, await loadUpload(deps, me, uploadId))
}

export async function loadUpload({ db, now }: Deps, me: Session, uploadId: string): Promise<Upload> {
  const upload = await findUploadOf(db, { uploadId, personId: me.personId, now: now() })
  if (!upload) throw new AppError('upload_not_found')
  return upload
}

export async function progressOf({ db }: Deps, upload: Upload): Promise<Progress> {
  const { id, fileName, bytes, partBytes, problem, fileHash, endsAt } = upload
  const stage = upload.state === 'gone' ? 'refused' : upload.state
  const parts = await findParts(db, id)
  const stored = fileHash === null ? undefined : await findStored(db, fileHash)
  return {
    ...{ uploadId: id, fileName, bytes, partBytes, stage, fileHash, endsAt },
    have: parts.map((part) => part.number),
    stored: stage === 'stored',
    problem: problem as Progress['problem'], // written from the same list
    mime: stored?.mime ?? null,
    rendition: fileHash === null ? null : await findRendition(db, fileHash),
  }
}

async function findRendition(db: Deps['db'], fileHash: string): Promise<Progress['rendition']> {
  const found = await db
    .selectFrom('rendition')
    .select(['state as stage', 'problem', 'pagesDone as done', 'pageCount as of'])
    .where('fileHash', '=', fileHash)
    .executeTakeFirst()
  return found ?? null
}
