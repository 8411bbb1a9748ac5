import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

/** Ways that need WeCom to hold the file itself. */
export const mediaKinds = ['file', 'image', 'video'] as const

/** Has WeCom's copy of a piece made ahead, for each way it may travel as a file. The job that uploads does the rest. */
export async function wantMedia(trx: Transaction<Database>, at: Date, contentItemId: string): Promise<void> {
  const piece = await trx
    .selectFrom('contentItem')
    .select(['fileHash', 'ways'])
    .where('id', '=', contentItemId)
    .executeTakeFirst()
  const { fileHash, ways = '' } = piece ?? {}
  const wanted = mediaKinds.filter((kind) => ways.split(',').includes(kind))
  if (!fileHash || wanted.length === 0) return
  await trx
    .insertInto('media')
    .values(wanted.map((kind) => ({ fileHash, kind, wantedAt: at })))
    .onDuplicateKeyUpdate({ wantedAt: at })
    .execute()
}
