import type { Input, Output, peopleEndpoints } from '@vouch/contract'
import { decideTaking } from '@vouch/rules'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireFreshProof } from '../fresh-proof.ts'
import type { Session } from '../sessions.ts'
import { lockAsGranter, requireGranter } from './granters.ts'
import { tellTaken } from './role-notices.ts'
import { dropRole, lockHolder } from './role-rows.ts'

type Endpoint = typeof peopleEndpoints.takeRole

/** Takes a role away at once and by one person: less is the safe side. Whoever could give it back must be left. */
export async function takeRole(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireGranter(deps, me)
  await requireFreshProof(deps, me)
  const { personId, role, reason } = asked
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const granters = await lockAsGranter(trx, me, at)
    const found = await lockHolder(trx, personId, at)
    if (!found) throw new AppError('not_found')
    const held = found.holder.held.map((one) => one.role).toSorted()
    const others = granters.securityAdmins.filter((id) => id !== personId)
    const reasons = decideTaking(role, held, others.length)
    const told = { subjectId: personId, reason, detail: { role } }
    const actor = { kind: 'admin' as const, id: me.personId }
    if (reasons.length > 0) {
      const detail = { role, taking: true, reasons }
      await appendAudit(trx, deps.newId(), actor, at, { ...told, event: 'role.refused', detail })
      return { outcome: 'refused' as const, reasons }
    }
    await dropRole(trx, personId, role, at)
    const stepId = deps.newId()
    await trx
      .insertInto('roleStep')
      .values({
        ...{ id: stepId, personId, role, what: 'taken', until: null, at, reason },
        ...{ proposedBy: null, decidedBy: me.personId, changeId: null },
      })
      .execute()
    const after = { roles: held.filter((one) => one !== role) }
    await appendAudit(trx, deps.newId(), actor, at, { ...told, event: 'role.taken', before: { roles: held }, after })
    await tellTaken(trx, deps, at, {
      ...{ changeId: stepId, personId, person: found.name, role, reason, by: me.name },
      to: [personId, ...granters.ids].filter((id) => id !== me.personId),
    })
    return { outcome: 'done' as const }
  })
}
