import type { Input, Output, peopleEndpoints, WireRoleRefusal } from '@vouch/contract'
import { decideGrant, roleNames, type AskedRole } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireFreshProof } from '../fresh-proof.ts'
import { findHolders } from '../role-queries.ts'
import { findAsked } from '../second-person.ts'
import type { Session } from '../sessions.ts'
import { lockAsGranter, namesAlone, requireGranter, type Granters } from './granters.ts'
import { tellAsked, tellDecided } from './role-notices.ts'
import { findUnknownTerritories, grantRole, lockHolder, openKeyOf } from './role-rows.ts'

type Endpoint = typeof peopleEndpoints.proposeRole
type Holder = NonNullable<Awaited<ReturnType<typeof lockHolder>>>

/**
 * Asks for a role for somebody else; it comes into force when a second person approves. One is open for a person and a
 * role at a time. The very first security administrator is named by a local administrator alone, who has nobody to ask.
 */
export async function proposeRole(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireGranter(deps, me)
  await requireFreshProof(deps, me)
  const wanted: AskedRole = {
    role: asked.role,
    until: asked.until === null ? null : new Date(asked.until),
    territories: asked.role === 'manager' ? [...new Set(asked.territories)].toSorted() : [],
  }
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const granters = await lockAsGranter(trx, me, at)
    const repeated = await findAsked(trx, 'roleChange', { proposedBy: me.personId, requestId: asked.requestId })
    if (repeated)
      return { outcome: 'proposed' as const, changeId: repeated.id, inForce: repeated.decision === 'approved' }
    const found = await lockHolder(trx, asked.personId, at)
    if (!found) throw new AppError('not_found')
    const reasons = await refuse(trx, { found, wanted, asked, me, at })
    if (reasons.length > 0) {
      await recordRefused(trx, deps, { me, at, asked, reasons })
      return { outcome: 'refused' as const, reasons }
    }
    return enter(trx, deps, { me, at, asked, wanted, granters, person: found.name })
  })
}

async function refuse(
  trx: Transaction<Database>,
  { found, wanted, asked, me, at }: { found: Holder; wanted: AskedRole; asked: Input<Endpoint>; me: Session; at: Date },
): Promise<WireRoleRefusal[]> {
  const words = { personId: asked.personId, askedBy: me.personId, approvedBy: null }
  const reasons: WireRoleRefusal[] = decideGrant(wanted, found.holder, words, at)
  if ((await findUnknownTerritories(trx, wanted.territories)).length > 0) reasons.push('unknown_territory')
  const open = await trx
    .selectFrom('roleChange')
    .select('id')
    .where('openKey', '=', openKeyOf(asked.personId, wanted.role))
    .executeTakeFirst()
  return open ? [...reasons, 'another_open'] : reasons
}

function recordRefused(
  trx: Transaction<Database>,
  deps: Deps,
  { me, at, asked, reasons }: { me: Session; at: Date; asked: Input<Endpoint>; reasons: readonly string[] },
): Promise<void> {
  return appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'role.refused', subjectId: asked.personId, reason: asked.reason },
    detail: { role: asked.role, until: asked.until, reasons },
  })
}

type Entering = {
  me: Session
  at: Date
  asked: Input<Endpoint>
  wanted: AskedRole
  granters: Granters
  person: string
}

async function enter(trx: Transaction<Database>, deps: Deps, entering: Entering) {
  const { me, at, asked, wanted, granters, person } = entering
  const { personId, reason } = asked
  const { role, until, territories } = wanted
  const changeId = deps.newId()
  const alone = namesAlone(granters, me.personId, role)
  const decided = alone ? { decision: 'approved' as const, decidedBy: me.personId, decidedAt: at } : undecided
  await trx
    .insertInto('roleChange')
    .values({
      ...{ id: changeId, requestId: asked.requestId, openKey: alone ? null : openKeyOf(personId, role), personId },
      ...{ role, until, territories: territories.join(), reason, proposedBy: me.personId, proposedAt: at, ...decided },
    })
    .execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: alone ? 'role.granted' : 'role.asked', subjectId: personId, reason },
    detail: { changeId, role, until, territories: territories.join(), ...(alone && { alone }) },
  })
  const change = { changeId, personId, person, role, reason, by: me.name }
  if (!alone) {
    await tellAsked(trx, deps, at, {
      ...change,
      to: granters.ids.filter((id) => ![me.personId, personId].includes(id)),
    })
    return { outcome: 'proposed' as const, changeId, inForce: false }
  }
  const grant = { ...wanted, personId, changeId, proposedBy: me.personId, decidedBy: me.personId, reason }
  await grantRole(trx, { newId: deps.newId, at }, grant)
  await tellDecided(trx, deps, at, { ...change, to: await findHolders(trx, office, at), granted: true, answer: '' })
  return { outcome: 'proposed' as const, changeId, inForce: true }
}

/** Everybody who works in the console. */
const office = roleNames.filter((role) => role !== 'rep')
const undecided = { decision: null, decidedBy: null, decidedAt: null }
