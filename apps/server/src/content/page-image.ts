import type { Readable } from 'node:stream'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { pageImageName, pageWidths } from './renditions/rendition.ts'

export type PageImage = { stream: Readable; bytes: number; mime: 'image/webp'; etag: string }

/**
 * Opens one page image of a content item. Whoever calls has checked that this reader may see it. The image never
 * changes: the etag holds for ever. Throws `not_found` for a width or page there is none of.
 */
export async function openPageImage(
  { db, files }: Pick<Deps, 'db' | 'files'>,
  asked: { contentItemId: string; number: number; width: number },
): Promise<PageImage> {
  const width = pageWidths.find((one) => one === asked.width)
  if (!width) throw new AppError('not_found')
  const page = await db
    .selectFrom('contentPage')
    .innerJoin('contentItem', 'contentItem.id', 'contentPage.contentItemId')
    .select('contentItem.fileHash')
    .where('contentPage.contentItemId', '=', asked.contentItemId)
    .where('contentPage.number', '=', asked.number)
    .executeTakeFirst()
  if (!page?.fileHash) throw new AppError('not_found')
  const opened = await files.open(pageImageName(page.fileHash, asked.number, width))
  return { ...opened, mime: 'image/webp', etag: `"${page.fileHash.slice(0, 32)}-${asked.number}-${width}"` }
}
