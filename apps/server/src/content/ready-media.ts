import type { MessageKind } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { mediaName } from '../media-name.ts'
import { mediaKinds } from './want-media.ts'

type MediaKind = (typeof mediaKinds)[number]

/** WeCom's copy must live longer than the ticket of a send. */
const goodForMs = 10 * 60_000

export const isMedia = (kind: MessageKind): kind is MediaKind => mediaKinds.some((media) => media === kind)

/** WeCom's copy of a file for one way of sending, under the name of its piece. */
export type Medium = { fileHash: string; kind: MediaKind; fileName: string }

/** What a piece needs of WeCom to travel this way; undefined when it needs nothing. */
export const mediumOf = (
  piece: { fileHash: string | null; fileName: string; title: string },
  kind: MessageKind,
): Medium | undefined =>
  piece.fileHash !== null && isMedia(kind) ? { fileHash: piece.fileHash, kind, fileName: mediaName(piece) } : undefined

export const mediumKey = ({ fileHash, kind, fileName }: Medium): string => `${fileHash} ${kind} ${fileName}`

/**
 * Notes that these files are wanted in these ways, for the job that uploads them, and tells which are with WeCom already,
 * as `mediumKey` writes them.
 */
export async function askReadyMedia(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  wanted: readonly Medium[],
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
    .select(['fileHash', 'kind', 'fileName'])
    .where(
      'fileHash',
      'in',
      wanted.map(({ fileHash }) => fileHash),
    )
    .where('expiresAt', '>', new Date(wantedAt.getTime() + goodForMs))
    .execute()
  return new Set(rows.map(mediumKey))
}
