import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { sha256 } from '../../secrets.ts'

/**
 * Gives a piece the pages that were drawn of its file, with their words as they were found; what it had is replaced.
 * Returns how many there are and what its statement says of the words.
 */
export async function takePages(
  trx: Transaction<Database>,
  { contentItemId, fileHash }: { contentItemId: string; fileHash: string },
): Promise<{ pageCount: number; textHash: string | null }> {
  await trx.deleteFrom('contentPage').where('contentItemId', '=', contentItemId).execute()
  await trx
    .insertInto('contentPage')
    .columns(['contentItemId', 'number', 'width', 'height', 'placeholder', 'text', 'headings'])
    .expression((eb) =>
      eb
        .selectFrom('renditionPage')
        .select((page) => [
          page.val(contentItemId).as('contentItemId'),
          ...(['number', 'width', 'height', 'placeholder', 'text', 'headings'] as const),
        ])
        .where('fileHash', '=', fileHash),
    )
    .execute()
  return findTextHash(trx, contentItemId)
}

/** One hash over the words of all pages in their order, as they are now; null for a piece without pages. */
export async function findTextHash(
  db: Kysely<Database>,
  contentItemId: string,
): Promise<{ pageCount: number; textHash: string | null }> {
  const pages = await db
    .selectFrom('contentPage')
    .select(sql<string>`sha2(text, 256)`.as('hash'))
    .where('contentItemId', '=', contentItemId)
    .orderBy('number')
    .execute()
  if (pages.length === 0) return { pageCount: 0, textHash: null }
  return { pageCount: pages.length, textHash: sha256(pages.map(({ hash }) => hash).join()) }
}
