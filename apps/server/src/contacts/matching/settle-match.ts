import type { Input, matchOfficeEndpoints, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { tellSettled } from './match-notices.ts'
import { findMatchOf, lockContactRow, lockMatch, type MatchRow } from './match-rows.ts'
import { findFollowing } from './people-queries.ts'
import { putInForce, putOutOfForce } from './take-effect.ts'

type Endpoint = typeof matchOfficeEndpoints.settleMatch
type Asked = Input<Endpoint>
type Answer = Output<Endpoint>
type Refusals = Extract<Answer, { outcome: 'refused' }>['refusals']

/**
 * The second look at a match, never by who said it. Whoever is first settles it; said again by the same person it is the
 * same answer. Only a yes puts it in force.
 */
export async function settleMatch(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  const { externalUserId } = await findMatchOf(deps.db, asked.matchId)
  return transact(deps.db, async (trx) => {
    await lockContactRow(trx, externalUserId)
    const match = await lockMatch(trx, asked.matchId)
    const account = await lockListed(trx, match.accountId)
    const wanted = asked.decision === 'confirm' ? 'in_force' : 'declined'
    if (match.reviewedBy === me.personId && match.life === wanted) return answerOf(asked)
    const refusals = await check(trx, { match, me, asked, active: Boolean(account?.active) })
    const at = deps.now()
    if (refusals.length > 0) return refuse(deps, trx, { match, me, at, refusals })
    await settle(deps, trx, { match, me, at, asked })
    const outcome = asked.decision === 'confirm' ? 'confirmed' : 'declined'
    const { matchId, proposedBy } = match
    const doctor = account?.name ?? ''
    await tellSettled(trx, deps, at, { matchId, toPerson: proposedBy, outcome, doctor, reason: asked.reason })
    return answerOf(asked)
  })
}

const answerOf = ({ decision }: Asked): Answer => ({ outcome: decision === 'confirm' ? 'confirmed' : 'declined' })

/** The lock every send to this doctor takes. */
function lockListed(trx: Transaction<Database>, accountId: string) {
  return trx.selectFrom('account').select(['name', 'active']).where('id', '=', accountId).forUpdate().executeTakeFirst()
}

type Looking = { match: MatchRow; me: Session; asked: Asked; active: boolean }

async function check(trx: Transaction<Database>, { match, me, asked, active }: Looking): Promise<Refusals> {
  const refusals: Refusals = []
  if (match.life !== 'waiting') refusals.push('settled')
  if (match.proposedBy === me.personId) refusals.push('own_match')
  if (asked.decision === 'decline') {
    if (asked.reason === '') refusals.push('reason_missing')
    return refusals
  }
  if (!active) refusals.push('account_inactive')
  if ((await findFollowing(trx, match.externalUserId)).length === 0) refusals.push('nobody_follows')
  return refusals
}

type Settling = { match: MatchRow; me: Session; at: Date }

async function refuse(
  deps: Deps,
  trx: Transaction<Database>,
  { match, me, at, refusals }: Settling & { refusals: Refusals },
): Promise<Answer> {
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'contact.match_refused', subjectId: match.externalUserId, accountId: match.accountId },
    detail: { matchId: match.matchId, reasons: refusals },
  })
  return { outcome: 'refused', refusals }
}

async function settle(
  deps: Deps,
  trx: Transaction<Database>,
  { match, me, at, asked }: Settling & { asked: Asked },
): Promise<void> {
  const confirmed = asked.decision === 'confirm'
  const { matchId, externalUserId, accountId } = match
  const actor = { kind: 'admin' as const, id: me.personId }
  await trx
    .updateTable('contactMatch')
    .set({
      ...{ life: confirmed ? 'in_force' : 'declined', liveFor: confirmed ? externalUserId : null },
      ...{ reviewedBy: me.personId, reviewedAt: at, reviewReason: asked.reason },
    })
    .where('id', '=', matchId)
    .execute()
  if (confirmed) return putInForce(trx, deps, { actor, match, at, reviewed: true })
  await putOutOfForce(trx, externalUserId, at)
  await appendAudit(trx, deps.newId(), actor, at, {
    ...{ event: 'contact.match_declined', subjectId: externalUserId, accountId, reason: asked.reason },
    detail: { matchId },
  })
}
