import type { Input, Output, safetyEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { holdsOne } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { findSafetyPeople, safetyRulers } from './safety-office.ts'
import { findSafetyRule } from './safety-queries.ts'

type Rule = typeof safetyEndpoints.safetyRule
type Save = typeof safetyEndpoints.saveSafetyRule

/** Who is told first, how long the authority's clock runs, and who could be chosen. */
export async function loadSafetyRule({ db, now }: Deps, me: Session): Promise<Output<Rule>> {
  const [rule, people] = await Promise.all([findSafetyRule(db), findSafetyPeople(db, now())])
  return { ...rule, people, mayChange: holdsOne(me.roles, safetyRulers) }
}

/** A compliance officer changes it, with a reason; reports that are open keep who has them in hand. */
export async function changeSafetyRule(deps: Deps, me: Session, asked: Input<Save>): Promise<Output<Save>> {
  const { ownerId, seriousDays, otherDays, reason } = asked
  return transact(deps.db, async (trx) => {
    await trx.selectFrom('company').select('id').where('id', '=', 1).forUpdate().execute()
    const at = deps.now()
    const before = await findSafetyRule(trx)
    const people = await findSafetyPeople(trx, at)
    if (ownerId && !people.some(({ personId }) => personId === ownerId)) {
      throw new AppError('bad_request', { field: 'ownerId' })
    }
    const change = { safetyOwnerId: ownerId, safetySeriousDays: seriousDays, safetyOtherDays: otherDays }
    await trx.updateTable('company').set(change).where('id', '=', 1).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'safety.rule_changed', subjectId: 'company', reason, before },
      after: { ownerId, seriousDays, otherDays },
    })
    return { outcome: 'done' }
  })
}
