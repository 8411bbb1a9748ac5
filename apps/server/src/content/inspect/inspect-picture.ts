import { followJpeg } from './follow-jpeg.ts'
import { followPng } from './follow-png.ts'
import { endsArchive, isForeign } from './foreign-bytes.ts'
import { renditionCaps, RenditionError } from '../renditions/rendition.ts'

/** The size a picture declares and where it ends; `checkPacked` throws `zip_bomb` when it becomes more than it says. */
export type FollowedPicture = { width: number; height: number; end: number; checkPacked: () => Promise<void> }

/**
 * Follows a picture's own structure to its end before anything decodes it. Throws RenditionError: `broken`,
 * `page_too_large` by the size it declares, `zip_bomb`, `polyglot` when something else follows or is carried along,
 * `not_supported` when it moves.
 */
export async function inspectPicture(format: 'png' | 'jpeg', bytes: Buffer): Promise<void> {
  const { width, height, end, checkPacked } = format === 'png' ? followPng(bytes) : followJpeg(bytes)
  if (width === 0 || height === 0) throw new RenditionError('broken')
  if (width * height > renditionCaps.readPixels) throw new RenditionError('page_too_large')
  const rest = bytes.subarray(end)
  const another = format === 'jpeg' && rest[0] === 0xff && rest[1] === 0xd8 // phones append a second view
  if (!another && !/^[\s\0]*$/.test(rest.toString('latin1'))) throw new RenditionError('polyglot')
  if (isForeign(rest) || endsArchive(bytes)) throw new RenditionError('polyglot')
  if (/<\?php|<script/i.test(bytes.toString('latin1'))) throw new RenditionError('polyglot')
  await checkPacked()
}
