import type { Input, Output, withdrawalEndpoints } from '@vouch/contract'
import { decideContentStep, type StepRefusal } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { findInFlight, loadInFlight } from './in-flight.ts'
import { recordRefusedStep } from '../life/record-refused-step.ts'
import { recordWithdrawal } from './record-withdrawal.ts'
import * as q from './withdrawal-queries.ts'

type Endpoint = typeof withdrawalEndpoints.withdrawContent
type Asked = Input<Endpoint>
type Answer = Output<Endpoint>
/** What the audit trail keeps of the answer. */
type Told = { requestId: string; repsTold: number; inFlight: string[] }

/**
 * Withdraws a version in one transaction. Its lock is the one each send takes a share of: whatever was authorised before
 * is in the answer if it may still be under way, and nothing is authorised after. It needs no second sign-in: being able
 * to stop a piece at once weighs more. The same request gets the same answer.
 */
export async function withdrawContent(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  const seen = await q.findStopping(deps.db, asked.contentItemId)
  if (!seen) throw new AppError('content_not_found')
  const reps = await q.findRepsToTell(deps.db, seen, deps.now())
  const answer = await transact(deps.db, (trx) => withdrawWithin(deps, trx, me, asked, reps))
  deps.shelf.forget()
  return answer
}

/** The same inside a transaction that goes on; `reps` are to be told and were found before it. */
export async function withdrawWithin(
  deps: Deps,
  trx: Transaction<Database>,
  me: Pick<Session, 'personId'>,
  asked: Asked,
  reps: Set<string>,
): Promise<Answer> {
  const piece = await q.lockStopping(trx, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const { contentItemId } = piece
  const { requestId, reason } = asked
  const before = { event: 'content.withdrawn', subjectId: contentItemId, actorId: me.personId, requestId }
  const answered = await q.findAnswered<Told>(trx, before)
  if (answered) return repeat(trx, contentItemId, answered)

  const at = deps.now()
  const roles = await findRoles(trx, me.personId, at)
  const decided = decideContentStep(q.stopFacts(piece, { actorId: me.personId, roles, reason }), at)
  if (!decided.allowed) return refuse(deps, trx, { me, contentItemId, at, refusals: decided.refusals })
  const successor = await loadSuccessor(trx, asked, at)
  const inFlight = await findInFlight(trx, contentItemId, at)
  for (const send of inFlight) reps.add(send.repId)
  const told: Told = { requestId, repsTold: reps.size, inFlight: inFlight.map((send) => send.sendId) }
  const actor = { kind: 'admin' as const, id: me.personId }
  await recordWithdrawal(deps, trx, piece, { actor, at, reason: reason.trim(), successor, reps, detail: told })
  return { outcome: 'done', at, repsTold: reps.size, inFlight }
}

async function loadSuccessor(db: Kysely<Database>, { successorId, contentItemId }: Asked, now: Date) {
  if (successorId === null) return null
  const found = successorId === contentItemId ? undefined : await q.findInForce(db, successorId, now)
  if (!found) throw new AppError('bad_request', { field: 'successorId' })
  return found
}

async function repeat(
  trx: Transaction<Database>,
  contentItemId: string,
  { at, detail }: { at: Date; detail: Told },
): Promise<Answer> {
  const inFlight = await loadInFlight(trx, contentItemId, detail.inFlight, at)
  return { outcome: 'done', at, repsTold: detail.repsTold, inFlight }
}

async function refuse(
  deps: Deps,
  trx: Transaction<Database>,
  {
    me,
    contentItemId,
    at,
    refusals,
  }: { me: Pick<Session, 'personId'>; contentItemId: string; at: Date; refusals: StepRefusal[] },
): Promise<Answer> {
  await recordRefusedStep(deps, trx, { me, contentItemId, at, action: 'withdraw', refusals })
  return { outcome: 'refused', refusals }
}
