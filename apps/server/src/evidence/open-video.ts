import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { contentName } from '../files/file-names.ts'
import type { Range } from '../files/files.ts'
import type { LinkRow } from './queries.ts'
import { loadReadableLink, type Reader } from './reader.ts'

/** Bytes of a video for its addressee, the part that is asked for and no more: iOS asks for parts. Throws as the link does. */
export async function openVideo(
  deps: Deps,
  reader: Reader,
  asked: { token: string; range: (bytes: number) => Range | null },
) {
  return openVideoOf(deps, await loadReadableLink(deps, reader, asked.token), asked.range)
}

/** The same of a version, whoever asks: that they may is decided before. */
export async function openVideoOf(
  { files }: Deps,
  { kind, fileHash, fileBytes, mime }: Pick<LinkRow, 'kind' | 'fileHash' | 'fileBytes' | 'mime'>,
  rangeIn: (bytes: number) => Range | null,
) {
  if (kind !== 'video' || !fileHash) throw new AppError('not_found')
  const bytes = Number(fileBytes)
  const range = rangeIn(bytes)
  const { stream } = await files.open(contentName(fileHash), range ?? undefined)
  return { bytes, range, mime: mime || 'video/mp4', stream }
}
