import type { ContentState } from '@vouch/rules'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import { statementColumns } from '../../statement.ts'

/** What every step in the life of a piece looks at; the text itself only where it is short. */
const pieceColumns = [
  ...statementColumns,
  ...(['contentItem.id as contentItemId', 'contentItem.state', 'contentItem.ownerId', 'contentItem.source'] as const),
  ...(['contentItem.revision', 'contentItem.steps', 'contentItem.aliases', 'contentItem.tags'] as const),
  ...(['contentItem.replacesLinks', 'contentItem.approvedAt', 'contentItem.expiredAt'] as const),
  ...(['contentItem.heldReason', 'contentItem.pageCount', 'contentItem.listedUntil'] as const),
  sql<string>`if(content_item.kind = 'phrase', content_item.body, '')`.as('phrase'),
] as const

/** All versions of the document that this version belongs to, the first one first. */
const versionsOf = (db: Kysely<Database>, contentItemId: string) =>
  db
    .selectFrom('contentItem')
    .select(pieceColumns)
    .where('contentItem.documentId', '=', (eb) =>
      eb.selectFrom('contentItem as asked').select('asked.documentId').where('asked.id', '=', contentItemId),
    )
    .orderBy('contentItem.version')
export type PieceRow = Awaited<ReturnType<ReturnType<typeof versionsOf>['execute']>>[number]

/** One version, and the other ones of its document. */
export type PieceVersions = { piece: PieceRow; others: PieceRow[] }

/**
 * Locks a document with all its versions: the first statement of every transaction that moves one of them, because what
 * one may do depends on the others. Throws `content_not_found`.
 */
export async function lockPiece(trx: Transaction<Database>, contentItemId: string): Promise<PieceVersions> {
  return asVersions(await versionsOf(trx, contentItemId).forUpdate().execute(), contentItemId)
}

/** The same to look at. */
export async function loadPiece(db: Kysely<Database>, contentItemId: string): Promise<PieceVersions> {
  return asVersions(await versionsOf(db, contentItemId).execute(), contentItemId)
}

function asVersions(rows: PieceRow[], contentItemId: string): PieceVersions {
  const piece = rows.find((row) => row.contentItemId === contentItemId)
  if (!piece) throw new AppError('content_not_found')
  return { piece, others: rows.filter((row) => row !== piece) }
}

export const openStates: readonly ContentState[] = ['draft', 'in_review']

/** A later version that is approved and whose first day has come. */
export function findReplacement({ piece, others }: PieceVersions, now: Date): PieceRow | undefined {
  return others.findLast(
    (other) =>
      other.version > piece.version &&
      other.state === 'approved' &&
      (other.effectiveAt === null || other.effectiveAt <= now),
  )
}

const always = new Date('9999-12-31T00:00:00.000Z')
const dayMs = 86_400_000

/**
 * Until when reps see an approved version in their list: 30 days beyond its end, to be told why it is gone, and no
 * longer than until the version that follows takes over.
 */
export function listedUntil(
  { version, expiresAt, expiredAt }: Pick<PieceRow, 'version' | 'expiresAt' | 'expiredAt'>,
  others: readonly PieceRow[],
  now: Date,
): Date {
  const next = others.find((other) => other.version > version && other.state === 'approved')
  const ends = [expiresAt, expiredAt].flatMap((end) => (end ? [end.getTime() + 30 * dayMs] : []))
  const until = next ? [(next.effectiveAt ?? now).getTime()] : []
  return new Date(Math.min(always.getTime(), ...ends, ...until))
}
