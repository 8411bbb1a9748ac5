import type { Input, Output, policyEndpoints, PolicyRefusal } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { requireRole } from '../people/role-queries.ts'
import type { Session } from '../people/sessions.ts'
import { findAsked, findDeciders, findOpenChange, lockPolicy } from './change-queries.ts'
import { tellProposed } from './policy-notices.ts'
import { policyWriters } from './policy-roles.ts'
import { insertPreview } from './preview/preview-rows.ts'
import { changedSettings, differencesOf, loadNewest, settingsIn, type VersionedSettings } from './settings.ts'

type Endpoint = typeof policyEndpoints.proposePolicy

/**
 * Asks for a change; a second person decides. One change is open at a time, so nobody approves a policy that is not the
 * one they read. A preview of it is begun for whoever decides.
 */
export async function proposePolicy(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireRole(deps, me, policyWriters)
  const settings = settingsIn(asked)
  return transact(deps.db, async (trx) => {
    await lockPolicy(trx)
    const repeated = await findAsked(trx, me.personId, asked.requestId)
    if (repeated) return { outcome: 'proposed' as const, changeId: repeated.id, previewId: repeated.previewId ?? '' }
    const at = deps.now()
    const newest = await loadNewest(trx)
    const reasons = refuse(asked, newest, at)
    if (await findOpenChange(trx)) reasons.push('another_open')
    if (reasons.length > 0) return { outcome: 'refused' as const, reasons }

    const changeId = deps.newId()
    const previewId = await insertPreview(trx, deps, {
      me,
      requestId: asked.requestId,
      settings,
      baseVersion: newest.version,
    })
    await trx
      .insertInto('policyChange')
      .values({
        ...{ id: changeId, requestId: asked.requestId, openMark: 1, baseVersion: newest.version, previewId },
        ...{ settings: JSON.stringify(settings), reason: asked.reason, holdsFrom: dateOf(asked) },
        ...{ proposedBy: me.personId, proposedAt: at, decision: null, decidedBy: null, decidedAt: null, version: null },
      })
      .execute()
    const changed = differencesOf(newest.settings, settings)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'policy.change_proposed', subjectId: changeId, reason: asked.reason },
      detail: { baseVersion: newest.version, holdsFrom: asked.holdsFrom },
      before: Object.fromEntries(changed.map(({ setting }) => [setting, newest.settings[setting]])),
      after: Object.fromEntries(changed.map(({ setting }) => [setting, settings[setting]])),
    })
    const deciders = await findDeciders(trx, at, me.personId)
    await tellProposed(trx, deps, at, { changeId, to: deciders, by: me.name, reason: asked.reason })
    return { outcome: 'proposed' as const, changeId, previewId }
  })
}

/** The newest version wins from its date on, so no version may begin before the one it follows. */
function refuse(asked: Input<Endpoint>, newest: VersionedSettings, at: Date): PolicyRefusal[] {
  const reasons: PolicyRefusal[] = []
  if (asked.baseVersion !== newest.version) reasons.push('newer_version')
  if (changedSettings(newest.settings, settingsIn(asked)).length === 0) reasons.push('nothing_changed')
  const from = dateOf(asked) ?? at
  if (from < at || from < newest.holdsFrom) reasons.push('too_early')
  return reasons
}

const dateOf = ({ holdsFrom }: Input<Endpoint>): Date | null => (holdsFrom === null ? null : new Date(holdsFrom))
