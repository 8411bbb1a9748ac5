import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'

/** A list this person uploaded. Throws `upload_not_found`. */
export async function loadListUpload({ db }: Pick<Deps, 'db'>, me: Session, uploadId: string) {
  const list = await db
    .selectFrom('upload')
    .select(['id', 'fileName', 'fileHash'])
    .where('id', '=', uploadId)
    .where('personId', '=', me.personId)
    .where('purpose', '=', 'import')
    .where('state', '=', 'stored')
    .executeTakeFirst()
  if (!list?.fileHash) throw new AppError('upload_not_found')
  return { ...list, fileHash: list.fileHash }
}
