import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import { sha256 } from '../../secrets.ts'
import { cardFrom } from '../renditions/draw-card.ts'
import { check, RowError } from './row-error.ts'
import { findPicture } from './row-queries.ts'
import type { RowValues } from './row-values.ts'

/** The picture of the card: its upload as an edit names it, and the hash under which it will be kept. */
export type RowCard = { cardHash: string; upload: { cardUploadId: string } | { posterUploadId: string } }

/** What a row names as the picture of its card; a poster is that of a video, and `card` weighs more. */
export async function loadCard(
  { db, files }: Deps,
  personId: string,
  { card, poster, kind }: RowValues,
): Promise<RowCard | undefined> {
  check(!poster || kind === 'video', 'poster', 'file_not_fit')
  const field = card ? 'card' : 'poster'
  const fileName = card || poster
  if (!fileName) return undefined
  const found = await findPicture(db, { personId, fileName, purpose: field })
  check(found, field, 'no_such_file')
  const picture = await cardFrom(await files.read(contentName(found.fileHash))).catch(() => {
    throw new RowError(field, 'file_not_fit')
  })
  const { uploadId } = found
  return { cardHash: sha256(picture), upload: card ? { cardUploadId: uploadId } : { posterUploadId: uploadId } }
}
