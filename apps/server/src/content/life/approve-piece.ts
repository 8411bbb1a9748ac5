import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { sha256 } from '../../secrets.ts'
import type { Signed } from './finish-signing.ts'
import { listedUntil, type PieceRow } from './piece-lock.ts'
import { approvedNotice } from './review-notices.ts'
import { wantMedia } from '../want-media.ts'
import { writePostings } from '../write-postings.ts'

/** The last signature was given: from this commit on reps see the version, and the one before it ends when this begins. */
export async function approvePiece(deps: Deps, trx: Transaction<Database>, given: Signed): Promise<void> {
  const { signing, read, at } = given
  const { piece, others } = read
  const { contentItemId, personId, statementHash } = signing
  await trx
    .updateTable('contentItem')
    .set({
      ...{ state: 'approved', approvedAt: at, publishedAt: at, signedHash: statementHash },
      ...{ approvedHash: piece.fileHash, listedUntil: listedUntil(piece, others, at) },
    })
    .where('id', '=', contentItemId)
    .where('state', '=', 'in_review')
    .execute()
  const actor: Actor = { kind: 'admin', id: personId }
  await appendAudit(trx, deps.newId(), actor, at, {
    ...{ event: 'content.approved', subjectId: contentItemId, detail: { statementHash } },
    ...{ before: { lifeState: piece.state }, after: { lifeState: 'approved' } },
  })
  await replaceEarlier(deps, trx, { actor, piece, others, at })
  await writePostings(trx, at, contentItemId)
  await wantMedia(trx, at, contentItemId)
  await tellAuthor(deps, trx, given)
}

/** Its author is told that all have signed. */
export async function tellAuthor(deps: Deps, trx: Transaction<Database>, { signing, read, at }: Signed): Promise<void> {
  const { contentItemId, renewsUntil } = signing
  const { ownerId, title, version, effectiveAt } = read.piece
  if (!ownerId) return
  const begins = effectiveAt && effectiveAt > at ? effectiveAt : null
  const words = approvedNotice({ contentItemId, title, version, effectiveAt: begins, renewsUntil })
  // A version is approved once and extended to each day once.
  const subjectId = renewsUntil ? sha256(`${contentItemId} ${renewsUntil.toISOString()}`).slice(0, 26) : contentItemId
  await addNotices(trx, deps.newId, at, [{ kind: 'approved', toPerson: ownerId, subjectId, ...words }])
}

type Replacing = { actor: Actor; piece: PieceRow; others: readonly PieceRow[]; at: Date }

/** Earlier versions that are approved end now, or are listed until the day on which this one begins. */
async function replaceEarlier(deps: Deps, trx: Transaction<Database>, { actor, piece, others, at }: Replacing) {
  const earlier = others.filter((other) => other.version < piece.version && other.state === 'approved')
  for (const old of earlier) {
    if (!piece.effectiveAt || piece.effectiveAt <= at) await supersede(deps, trx, { actor, old, by: piece, at })
    else {
      await trx
        .updateTable('contentItem')
        .set({ listedUntil: piece.effectiveAt })
        .where('id', '=', old.contentItemId)
        .execute()
    }
  }
}

/** Ends an approved version because a later one of its document is in force. */
export async function supersede(
  { newId }: Deps,
  trx: Transaction<Database>,
  { actor, old, by, at }: { actor: Actor; old: PieceRow; by: PieceRow; at: Date },
): Promise<void> {
  await trx
    .updateTable('contentItem')
    .set({ state: 'superseded', supersededAt: at, supersededBy: by.contentItemId, listedUntil: at })
    .where('id', '=', old.contentItemId)
    .where('state', '=', 'approved')
    .execute()
  await appendAudit(trx, newId(), actor, at, {
    ...{ event: 'content.superseded', subjectId: old.contentItemId, before: { lifeState: old.state } },
    after: { lifeState: 'superseded', supersededBy: by.contentItemId },
  })
}
