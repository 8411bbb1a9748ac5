import type { Input, Output, withdrawalEndpoints } from '@vouch/contract'
import { decideContentStep } from '@vouch/rules'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { findInFlight } from './in-flight.ts'
import { countReach } from './count-reach.ts'
import { findReaders } from './find-readers.ts'
import { findRepsInReach, findStandIns, findStopping, stopFacts, type Stopping } from './withdrawal-queries.ts'

type Endpoint = typeof withdrawalEndpoints.effectOfWithdrawal

/** What a withdrawal would reach, counted now; sends go on meanwhile, so the withdrawal itself tells what was in flight. */
export async function loadWithdrawalEffect(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const now = deps.now()
  const piece = await findStopping(deps.db, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  // The reason is asked for on the way; that it is missing yet stands in nobody's way.
  const decided = decideContentStep(stopFacts(piece, { actorId: me.personId, roles: me.roles, reason: '-' }), now)
  const refusals = decided.allowed ? [] : decided.refusals
  if (refusals.some(({ reason }) => reason === 'wrong_role')) throw new AppError('wrong_role')

  const effect = await countEffect(deps, piece, now)
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now, {
      event: 'content.effect_viewed',
      subjectId: piece.contentItemId,
      detail: { reps: effect.reps, doctors: effect.doctors, inFlight: effect.inFlight.length },
    }),
  )
  const { contentItemId, title, version } = piece
  return { contentItemId, title, version, ...effect, refusals }
}

async function countEffect(deps: Deps, piece: Stopping, now: Date) {
  const reach = countReach(piece, now)
  const [readers, inReach, inFlight, successors] = await Promise.all([
    findReaders(deps.db, piece, reach.add),
    findRepsInReach(deps.db, piece, now),
    findInFlight(deps.db, piece.contentItemId, now),
    findStandIns(deps.db, piece, now),
  ])
  const repsToTell = new Set([...reach.reps, ...inReach]).size
  return { ...reach.sum(), repsToTell, readers: readers.length, inFlight, successors }
}
