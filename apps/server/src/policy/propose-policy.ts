import type { Input, Output, policyEndpoints, PolicyRefusal } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { tellPeople } from '../outbox/tell-people.ts'
import { findHolders } from '../people/role-queries.ts'
import { findAsked, lockCompany } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { findChange, findOpenChange } from './change-queries.ts'
import { proposedWords } from './policy-notices.ts'
import { policyWriters } from './policy-roles.ts'
import { insertPreview } from './preview/preview-rows.ts'
import { changedSettings, differencesOf, loadNewest, settingsIn, type VersionedSettings } from './settings.ts'

type Endpoint = typeof policyEndpoints.proposePolicy

/**
 * Asks for a change; a second person decides. One change is open at a time, so nobody approves a policy that is not the
 * one they read. A preview of it is begun for whoever decides.
 */
export async function proposePolicy(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const settings = settingsIn(asked)
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const asker = { proposedBy: me.personId, requestId: asked.requestId }
    const repeated = await findAsked(trx, 'policyChange', asker)
    const known = repeated && (await findChange(trx, repeated.id))
    if (known) return { outcome: 'proposed' as const, changeId: known.id, previewId: known.previewId ?? '' }
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
        ...{ id: changeId, ...asker, openMark: 1, baseVersion: newest.version, previewId },
        ...{ settings: JSON.stringify(settings), reason: asked.reason, holdsFrom: dateOf(asked) },
        ...{ proposedAt: at, decision: null, decidedBy: null, decidedAt: null, version: null },
      })
      .execute()
    const changed = differencesOf(newest.settings, settings)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'policy.change_proposed', subjectId: changeId, reason: asked.reason },
      detail: { baseVersion: newest.version, holdsFrom: asked.holdsFrom },
      before: Object.fromEntries(changed.map(({ setting }) => [setting, newest.settings[setting]])),
      after: Object.fromEntries(changed.map(({ setting }) => [setting, settings[setting]])),
    })
    const to = (await findHolders(trx, policyWriters, at)).filter((id) => id !== me.personId)
    await tellPeople(trx, deps, at, { to, ...proposedWords({ changeId, by: me.name, reason: asked.reason }) })
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
