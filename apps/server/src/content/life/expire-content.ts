import type { contentEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { listedUntil, lockPiece } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'

type Endpoint = typeof contentEndpoints.expireContent

/** Ends an approved version before its day. The day that was signed stays, and the end has its own moment. */
export async function expireContent(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { contentItemId, reason } = asked
  const answer = await transact(deps.db, async (trx): Promise<Output<Endpoint>> => {
    const read = await readStepFacts(trx, await lockPiece(trx, contentItemId))
    const { piece, others } = read
    const at = deps.now()
    const roles = await findRoles(trx, me.personId, at)
    const step = { action: 'expire' as const, actorId: me.personId, roles, reason }
    const decision = await decideStep(deps, trx, { read, at, asked: step })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }

    await trx
      .updateTable('contentItem')
      .set({ state: 'expired', expiredAt: at, listedUntil: listedUntil({ ...piece, expiredAt: at }, others, at) })
      .where('id', '=', contentItemId)
      .where('state', '=', 'approved')
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'content.expired', subjectId: contentItemId, reason },
      before: { lifeState: piece.state, expiresAt: piece.expiresAt },
      after: { lifeState: 'expired', expiredAt: at },
    })
    return { outcome: 'done', contentItemId, revision: piece.revision }
  })
  deps.shelf.forget()
  return answer
}
