import type { Input, Output, peopleEndpoints, WireRoleRefusal } from '@vouch/contract'
import { checkSecondPerson, decideGrant } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireFreshProof } from '../fresh-proof.ts'
import { requireReason } from '../second-person.ts'
import type { Session } from '../sessions.ts'
import { findChange } from './change-queries.ts'
import { lockAsGranter, requireGranter } from './granters.ts'
import { tellDecided } from './role-notices.ts'
import { findUnknownTerritories, grantRole, lockHolder } from './role-rows.ts'

type Endpoint = typeof peopleEndpoints.decideRole
type Asked = Input<Endpoint>
type Change = NonNullable<Awaited<ReturnType<typeof findChange>>>
type Holder = NonNullable<Awaited<ReturnType<typeof lockHolder>>>
type Deciding = { change: Change; found: Holder; me: Session; asked: Asked; at: Date }

/**
 * The second person says yes or no, or the first takes it back. Of any number at once one is heard. What the person holds
 * by now is weighed again, so that two grants that exclude each other do not both come into force.
 */
export async function decideRoleChange(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  await requireGranter(deps, me)
  await requireFreshProof(deps, me)
  requireReason(asked)
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const { ids: askers } = await lockAsGranter(trx, me, at)
    const change = await findChange(trx, asked.changeId)
    const found = change && (await lockHolder(trx, change.personId, at))
    if (!change || !found) throw new AppError('not_found')
    const deciding = { change, found, me, asked, at }
    const reasons = await refuse(trx, { ...deciding, askers })
    if (reasons.length === 0) return settle(trx, deps, deciding)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'role.refused', subjectId: change.personId },
      detail: { changeId: change.id, role: change.role, decision: asked.decision, reasons },
    })
    return { outcome: 'refused' as const, reasons }
  })
}

async function refuse(
  trx: Transaction<Database>,
  { change, found, me, asked, at, askers }: Deciding & { askers: readonly string[] },
): Promise<WireRoleRefusal[]> {
  const heard = checkSecondPerson({ ...change, askers }, { personId: me.personId, decision: asked.decision })
  if (heard.length > 0 || asked.decision === 'taken_back') return heard
  if (asked.decision === 'declined') return change.personId === me.personId ? ['own_role'] : []
  const words = { personId: change.personId, askedBy: change.proposedBy, approvedBy: me.personId }
  const reasons: WireRoleRefusal[] = decideGrant(change, found.holder, words, at)
  const unknown = await findUnknownTerritories(trx, change.territories)
  return unknown.length > 0 ? [...reasons, 'unknown_territory'] : reasons
}

const events = { approved: 'role.granted', declined: 'role.declined', taken_back: 'role.taken_back' } as const

async function settle(trx: Transaction<Database>, deps: Deps, { change, found, me, asked, at }: Deciding) {
  const { id: changeId, personId, role, until, territories, proposedBy } = change
  const { decision, reason: answer } = asked
  await trx
    .updateTable('roleChange')
    .set({ openKey: null, decision, decidedBy: me.personId, decidedAt: at, answer })
    .where('id', '=', changeId)
    .execute()
  const granted = decision === 'approved'
  const grant = { role, until, territories, personId, changeId, proposedBy, decidedBy: me.personId }
  if (granted) await grantRole(trx, { newId: deps.newId, at }, { ...grant, reason: change.reason })
  const held = found.holder.held.map((one) => one.role).toSorted()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: events[decision], subjectId: personId },
    ...(answer && { reason: answer }),
    detail: { changeId, role, until, territories: territories.join(), proposedBy },
    ...(granted && { before: { roles: held }, after: { roles: [...new Set([...held, role])].toSorted() } }),
  })
  if (decision !== 'taken_back') {
    const to = granted ? [proposedBy, personId] : [proposedBy]
    const said = { changeId, personId, person: found.name, role, reason: change.reason, by: me.name, granted, answer }
    await tellDecided(trx, deps, at, { ...said, to })
  }
  return { outcome: 'done' as const }
}
