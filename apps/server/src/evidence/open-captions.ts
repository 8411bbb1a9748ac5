import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { loadReadableLink, type Reader } from './reader.ts'

/** The captions of a video for its addressee, with the hash they were signed by. Throws as the link does. */
export async function openCaptions(deps: Deps, reader: Reader, token: string) {
  const { contentItemId, captionsHash } = await loadReadableLink(deps, reader, token)
  if (!captionsHash) throw new AppError('not_found')
  const { captions } = await deps.db
    .selectFrom('contentItem')
    .select('captions')
    .where('id', '=', contentItemId)
    .executeTakeFirstOrThrow()
  return { captions: captions ?? '', hash: captionsHash }
}
