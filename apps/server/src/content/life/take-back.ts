import type { contentEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { lockPiece } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'

type Endpoint = typeof contentEndpoints.takeBack

/** Ends the review of one's own version. It stays as it is, with the signatures it has; work goes on in a new version. */
export async function takeBack(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { contentItemId, reason } = asked
  return transact(deps.db, async (trx) => {
    const read = await readStepFacts(trx, await lockPiece(trx, contentItemId))
    const at = deps.now()
    const roles = await findRoles(trx, me.personId, at)
    const step = { action: 'take_back' as const, actorId: me.personId, roles, reason }
    const decision = await decideStep(deps, trx, { read, at, asked: step })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }

    await trx
      .updateTable('contentItem')
      .set({ state: decision.next, returnedReason: reason })
      .where('id', '=', contentItemId)
      .where('state', '=', 'in_review')
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'content.taken_back', subjectId: contentItemId, reason },
      ...{ before: { lifeState: read.piece.state }, after: { lifeState: decision.next } },
    })
    return { outcome: 'done', contentItemId, revision: read.piece.revision }
  })
}
