import { mediaFits, mediaLimits } from '@vouch/wecom'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { mediaName, mediaNameColumn } from '../media-name.ts'

/** Ways that need WeCom to hold the file itself. */
export const mediaKinds = ['file', 'image', 'video'] as const

const day = 86_400_000
/** What is wanted is uploaded for 30 days; it is wanted again well before they end. */
const againMs = 20 * day
/** So many pieces are kept ready all the time, the newest; a later one from the moment somebody looks at it. */
const mostAhead = 5_000
const atOnce = 250

type Piece = { fileHash: string | null; fileName: string; title: string; ways: string; fileBytes: number; mime: string }

/** Has WeCom's copy of a piece made ahead, for each way it may travel as a file. The job that uploads does the rest. */
export async function wantMedia(trx: Transaction<Database>, at: Date, contentItemId: string): Promise<void> {
  const piece = await trx
    .selectFrom('contentItem')
    .select(['fileHash', 'fileName', 'title', 'ways', 'fileBytes', 'mime'])
    .where('id', '=', contentItemId)
    .executeTakeFirst()
  if (piece) await want(trx, at, [piece])
}

/** Job: keeps the newest pieces that may go as files wanted while they are in force, looked at or not. */
export async function wantMediaAhead({ db, now }: Deps): Promise<void> {
  const at = now()
  const pieces = await db
    .selectFrom('contentItem')
    .select(['fileHash', 'fileName', 'title', 'ways', 'fileBytes', 'mime'])
    .select(
      sql<Date | null>`(select min(wanted_at) from media where media.file_hash = content_item.file_hash
        and media.file_name = ${mediaNameColumn})`.as('wantedAt'),
    )
    .where('state', '=', 'approved')
    .where('fileHash', 'is not', null)
    .where('heldReason', 'is', null)
    .where('expiredAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', at)]))
    .orderBy('publishedAt', 'desc')
    .limit(mostAhead)
    .execute()
  const due = pieces.filter(({ wantedAt }) => !wantedAt || at.getTime() - wantedAt.getTime() > againMs)
  for (let from = 0; from < due.length; from += atOnce) await want(db, at, due.slice(from, from + atOnce))
}

async function want(db: Kysely<Database>, wantedAt: Date, pieces: Piece[]): Promise<void> {
  const rows = pieces.flatMap(({ fileHash, ...piece }) =>
    fileHash ? kindsOf(piece).map((kind) => ({ fileHash, kind, fileName: mediaName(piece), wantedAt })) : [],
  )
  if (rows.length > 0) await db.insertInto('media').values(rows).onDuplicateKeyUpdate({ wantedAt }).execute()
}

/** Approved for it, and within what WeCom takes. */
function kindsOf({ ways, fileBytes, mime }: Pick<Piece, 'ways' | 'fileBytes' | 'mime'>) {
  const approved: readonly string[] = ways.split(',')
  return mediaKinds.filter((kind) => {
    const { formats } = mediaLimits[kind]
    return approved.includes(kind) && mediaFits(kind, Number(fileBytes)) && (!formats[0] || formats.includes(mime))
  })
}
