import type { Input, Output, peopleEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../sessions.ts'
import { lockAsGranter, requireGranter } from './granters.ts'
import { lockHolder } from './role-rows.ts'

type Endpoint = typeof peopleEndpoints.reviewRoles

/** Says that somebody looked through what another person may do and found it right; only of what they saw. */
export async function reviewRoles(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireGranter(deps, me)
  const { personId, reason } = asked
  if (personId === me.personId) throw new AppError('four_eyes')
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    await lockAsGranter(trx, me, at)
    const found = await lockHolder(trx, personId, at)
    if (!found) throw new AppError('not_found')
    const held = found.holder.held.map(({ role }) => role).toSorted()
    if (held.join() !== asked.roles.toSorted().join()) throw new AppError('stale_revision')
    await trx
      .insertInto('roleStep')
      .values({
        ...{ id: deps.newId(), personId, role: '', what: 'reviewed', until: null, at, reason },
        ...{ proposedBy: null, decidedBy: me.personId, changeId: null },
      })
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'role.reviewed', subjectId: personId, reason, detail: { roles: held } },
    })
    return { reviewedAt: at }
  })
}
