import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { contentName } from '../files/file-names.ts'
import type { Range } from '../files/files.ts'
import { loadReadableLink, type Reader } from './reader.ts'

/** Bytes of a video for its addressee, the part that is asked for and no more: iOS asks for parts. Throws as the link does. */
export async function openVideo(
  deps: Deps,
  reader: Reader,
  asked: { token: string; range: (bytes: number) => Range | null },
) {
  const link = await loadReadableLink(deps, reader, asked.token)
  if (link.kind !== 'video' || !link.fileHash) throw new AppError('not_found')
  const bytes = Number(link.fileBytes)
  const range = asked.range(bytes)
  const { stream } = await deps.files.open(contentName(link.fileHash), range ?? undefined)
  return { bytes, range, mime: link.mime || 'video/mp4', stream }
}
