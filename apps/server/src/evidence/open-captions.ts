import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { LinkRow } from './queries.ts'
import { loadReadableLink, type Reader } from './reader.ts'

/** The captions of a video for its addressee, with the hash they were signed by. Throws as the link does. */
export async function openCaptions(deps: Deps, reader: Reader, token: string) {
  return openCaptionsOf(deps, await loadReadableLink(deps, reader, token))
}

/** The same of a version, whoever asks: that they may is decided before. */
export async function openCaptionsOf(
  { db }: Deps,
  { contentItemId, captionsHash }: Pick<LinkRow, 'contentItemId' | 'captionsHash'>,
) {
  if (!captionsHash) throw new AppError('not_found')
  const { captions } = await db
    .selectFrom('contentItem')
    .select('captions')
    .where('id', '=', contentItemId)
    .executeTakeFirstOrThrow()
  return { captions: captions ?? '', hash: captionsHash }
}
