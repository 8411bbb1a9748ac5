import type { Input, Output, policyEndpoints, PolicyRefusal } from '@vouch/contract'
import { checkSecondPerson } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { tellPeople } from '../outbox/tell-people.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import { findRoles } from '../people/queries.ts'
import { findHolders } from '../people/role-queries.ts'
import { lockCompany, requireReason } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { findChange } from './change-queries.ts'
import { decidedWords } from './policy-notices.ts'
import { isOfficer, policyWriters } from './policy-roles.ts'
import { changedSettings, loadNewest, readSettings } from './settings.ts'

type Endpoint = typeof policyEndpoints.decidePolicyChange
type Change = NonNullable<Awaited<ReturnType<typeof findChange>>>
type Asked = Input<Endpoint>

/**
 * The second person says yes or no, or the first takes it back. Of any number at once one is heard. What was approved is
 * a new version that holds from the asked date, or from now when that has passed; no version is ever changed.
 */
export async function decidePolicyChange(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  requireReason(asked)
  if (asked.decision === 'approved') await requireFreshProof(deps, me)
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const change = await findChange(trx, asked.changeId)
    if (!change) throw new AppError('not_found')
    const at = deps.now()
    const reasons = await refuse(trx, { change, me, asked, at })
    if (reasons.length > 0) {
      await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
        ...{ event: 'policy.change_refused', subjectId: change.id, detail: { decision: asked.decision, reasons } },
      })
      return { outcome: 'refused' as const, reasons }
    }
    return settle(trx, deps, { change, me, asked, at })
  })
}

type Deciding = { change: Change; me: Session; asked: Asked; at: Date }

async function refuse(trx: Transaction<Database>, { change, me, asked, at }: Deciding): Promise<PolicyRefusal[]> {
  const { personId, roles } = me
  const askers = await findHolders(trx, policyWriters, at)
  const reasons = checkSecondPerson({ ...change, askers }, { personId, decision: asked.decision })
  if (reasons.length > 0 || asked.decision !== 'approved' || isOfficer(roles)) return reasons
  return isOfficer(await findRoles(trx, change.proposedBy, at)) ? [] : ['needs_officer']
}

async function settle(trx: Transaction<Database>, deps: Deps, { change, me, asked, at }: Deciding) {
  const made = asked.decision === 'approved' ? await insertVersion(trx, { change, me, at }) : null
  await trx
    .updateTable('policyChange')
    .set({ openMark: null, decision: asked.decision, decidedBy: me.personId, decidedAt: at, answer: asked.reason })
    .set({ version: made?.version ?? null })
    .where('id', '=', change.id)
    .execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: `policy.change_${asked.decision}` as const, subjectId: change.id },
    ...(asked.reason && { reason: asked.reason }),
    detail: { version: made?.version, holdsFrom: made?.holdsFrom, proposedBy: change.proposedBy },
    ...(made && { before: made.before, after: made.after }),
  })
  if (asked.decision !== 'taken_back') {
    const said = { changeId: change.id, by: me.name, reason: asked.reason, approved: made !== null }
    await tellPeople(trx, deps, at, { to: [change.proposedBy], ...decidedWords(said) })
  }
  return { outcome: 'done' as const, version: made?.version ?? null, holdsFrom: made?.holdsFrom ?? null }
}

async function insertVersion(trx: Transaction<Database>, { change, me, at }: Omit<Deciding, 'asked'>) {
  const newest = await loadNewest(trx)
  const settings = readSettings(change.settings)
  const version = newest.version + 1
  const holdsFrom = change.holdsFrom && change.holdsFrom > at ? change.holdsFrom : at
  await trx
    .insertInto('policy')
    .values({
      ...settings,
      version,
      holdsFrom,
      reason: change.reason,
      changedBy: change.proposedBy,
      approvedBy: me.personId,
    })
    .execute()
  const changed = changedSettings(newest.settings, settings)
  return {
    ...{ version, holdsFrom },
    before: Object.fromEntries(changed.map((setting) => [setting, newest.settings[setting]])),
    after: Object.fromEntries(changed.map((setting) => [setting, settings[setting]])),
  }
}
