import type { Input, Output, policyEndpoints, PolicyRefusal } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findRoles } from '../people/queries.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import { requireRole } from '../people/role-queries.ts'
import type { Session } from '../people/sessions.ts'
import { findChange, lockPolicy } from './change-queries.ts'
import { tellDecided } from './policy-notices.ts'
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
  const roles = await requireRole(deps, me, policyWriters)
  if (asked.decision === 'declined' && asked.reason.length < 3) throw new AppError('bad_request', { field: 'reason' })
  if (asked.decision === 'approved') await requireFreshProof(deps, me)
  return transact(deps.db, async (trx) => {
    await lockPolicy(trx)
    const change = await findChange(trx, asked.changeId)
    if (!change) throw new AppError('not_found')
    const at = deps.now()
    const reasons = await refuse(trx, { change, me, roles, asked, at })
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

async function refuse(
  trx: Transaction<Database>,
  { change, me, roles, asked, at }: Deciding & { roles: readonly string[] },
): Promise<PolicyRefusal[]> {
  if (change.decision !== null) return ['already_decided']
  const own = change.proposedBy === me.personId
  if (asked.decision === 'taken_back') return own ? [] : ['own_change']
  if (own) return ['own_change']
  if (asked.decision === 'declined' || isOfficer(roles)) return []
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
    const { decision, reason } = asked
    await tellDecided(trx, deps, at, { changeId: change.id, to: change.proposedBy, by: me.name, decision, reason })
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
