import type { contentEndpoints, Input } from '@vouch/contract'
import type { ContentAction, StepRefusal } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { dayOf } from './draft-words.ts'
import { lockPiece } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'

type Asked = Input<typeof contentEndpoints.beginSigning>
type Begun = { outcome: 'begun'; signingId: string; endsAt: Date } | { outcome: 'refused'; refusals: StepRefusal[] }

/** Who begins to sign has so long to come back with a login. */
const signingLifeMs = 5 * 60_000

export const actionOf = { approve: 'sign', return: 'return', renew: 'renew', withdraw: 'withdraw' } as const satisfies {
  [decision: string]: ContentAction
}

/**
 * Remembers what somebody is about to sign: which statement, what it means, from which session. Nothing is signed yet;
 * the login that follows signs exactly this and nothing else. The same request id begins the same signature again as
 * long as it is not over.
 */
export async function beginSigning(deps: Deps, me: Session, asked: Asked): Promise<Begun> {
  const renewsUntil = dayOf('renewsUntil', asked.decision === 'renew' ? asked.renewsUntil : null)
  if (asked.decision === 'renew' && !renewsUntil) throw new AppError('bad_request', { field: 'renewsUntil' })
  return transact(deps.db, async (trx) => {
    const read = await readStepFacts(trx, await lockPiece(trx, asked.contentItemId))
    const at = deps.now()
    const begun = await findBegun(trx, me, asked, at)
    if (begun) return begun
    const roles = await findRoles(trx, me.personId, at)
    const { step, decision: signs, reason, statementHash, meaning, requestId, contentItemId } = asked
    const who = { actorId: me.personId, roles, step, reason, signedHash: statementHash, renewsUntil }
    const tried = { ...who, action: actionOf[signs], reauthenticatedAt: at }
    const decision = await decideStep(deps, trx, { read, at, asked: tried })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }

    const signingId = deps.newId()
    const endsAt = new Date(at.getTime() + signingLifeMs)
    await trx
      .insertInto('signing')
      .values({
        ...{ id: signingId, personId: me.personId, contentItemId, step, decision: signs, meaning, reason },
        ...{ statementHash, sessionHash: me.tokenHash, begunAt: at, endsAt, requestId, renewsUntil },
      })
      .execute()
    return { outcome: 'begun', signingId, endsAt }
  })
}

/** The lock of the piece is held, so two of one request come one after the other. */
async function findBegun(trx: Transaction<Database>, me: Session, asked: Asked, at: Date): Promise<Begun | undefined> {
  const begun = await trx
    .selectFrom('signing')
    .select(['id', 'contentItemId', 'step', 'decision', 'statementHash', 'sessionHash', 'endsAt', 'spentAt'])
    .where('personId', '=', me.personId)
    .where('requestId', '=', asked.requestId)
    .executeTakeFirst()
  if (!begun) return undefined
  const same =
    begun.contentItemId === asked.contentItemId &&
    begun.step === asked.step &&
    begun.decision === asked.decision &&
    begun.statementHash === asked.statementHash
  if (!same) throw new AppError('request_id_reused')
  if (begun.spentAt || begun.endsAt <= at || begun.sessionHash !== me.tokenHash) throw new AppError('signing_over')
  return { outcome: 'begun', signingId: begun.id, endsAt: begun.endsAt }
}
