import { transact } from '../../db/database.ts'
import type { Actor, Deps } from '../../deps.ts'
import { supersede } from './approve-piece.ts'
import { findReplacement, listedUntil, lockPiece } from './piece-lock.ts'

const actor: Actor = { kind: 'system', id: 'begin-versions' }
const most = 200

/**
 * Ends versions whose successor's first day has come. Until it runs both may be sent, for some seconds. When the
 * successor was withdrawn before that day, the version goes on as it was.
 */
export async function beginVersions(deps: Deps): Promise<void> {
  const waiting = await deps.db
    .selectFrom('contentItem')
    .select('id')
    .where('state', '=', 'approved')
    .where('listedUntil', '<=', deps.now())
    .orderBy('listedUntil')
    .limit(most)
    .execute()
  for (const { id } of waiting) await settle(deps, id)
}

async function settle(deps: Deps, contentItemId: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const versions = await lockPiece(trx, contentItemId)
    const { piece, others } = versions
    const at = deps.now()
    if (piece.state !== 'approved' || piece.listedUntil > at) return
    const by = findReplacement(versions, at)
    if (by) return supersede(deps, trx, { actor, old: piece, by, at })
    const until = listedUntil(piece, others, at)
    await trx.updateTable('contentItem').set({ listedUntil: until }).where('id', '=', contentItemId).execute()
  })
}
