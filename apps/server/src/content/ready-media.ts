import type { MessageKind } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { mediaKinds } from './want-media.ts'

type MediaKind = (typeof mediaKinds)[number]

/** WeCom's copy must live longer than the ticket of a send. */
const goodForMs = 10 * 60_000

export const isMedia = (kind: MessageKind): kind is MediaKind => mediaKinds.some((media) => media === kind)

/**
 * Notes that these files are wanted in these ways, for the job that uploads them, and tells which are with WeCom already,
 * as `hash kind`.
 */
export async function askReadyMedia(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  wanted: readonly { fileHash: string; kind: MediaKind }[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set()
  const wantedAt = now()
  await db
    .insertInto('media')
    .values(wanted.map((one) => ({ ...one, wantedAt })))
    .onDuplicateKeyUpdate({ wantedAt })
    .execute()
  const rows = await db
    .selectFrom('media')
    .select(['fileHash', 'kind'])
    .where(
      'fileHash',
      'in',
      wanted.map(({ fileHash }) => fileHash),
    )
    .where('expiresAt', '>', new Date(wantedAt.getTime() + goodForMs))
    .execute()
  return new Set(rows.map(({ fileHash, kind }) => `${fileHash} ${kind}`))
}
