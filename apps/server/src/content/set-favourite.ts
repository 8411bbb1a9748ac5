import type { Input, Output, repEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'

type Endpoint = typeof repEndpoints.setFavourite

/** Keeps or drops a document among the rep's favourites; repeating changes nothing. */
export async function setFavourite(
  { db, now }: Deps,
  repId: string,
  asked: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  const { documentId } = asked
  if (!asked.favourite) {
    await db.deleteFrom('favourite').where('repId', '=', repId).where('documentId', '=', documentId).execute()
    return { done: true }
  }
  const known = await db
    .selectFrom('contentItem')
    .select('id')
    .where('documentId', '=', documentId)
    .limit(1)
    .executeTakeFirst()
  if (!known) throw new AppError('content_not_found')
  await db.insertInto('favourite').ignore().values({ repId, documentId, createdAt: now() }).execute()
  return { done: true }
}
