import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Transaction, Updateable } from 'kysely'
import type { AuditEvent } from '../../audit/audit-event.ts'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { ConsentTextVersionTable } from '../../db/tables/consents.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { lockVersion, textSubject, type TextVersion } from './text-queries.ts'
import { decideStep, readText } from './text-step.ts'

type Endpoint = typeof consentEndpoints.stepText
type Asked = Input<Endpoint>

type Step = {
  event: AuditEvent['event']
  to: 'draft' | 'in_review' | 'dropped'
  set: (
    me: Session,
    at: Date,
  ) => Pick<Updateable<ConsentTextVersionTable>, 'submittedBy' | 'submittedAt' | 'returnedReason'>
}
const steps: Record<Asked['action'], Step> = {
  submit: {
    event: 'consent_text.submitted',
    to: 'in_review',
    set: (me, at) => ({ submittedBy: me.personId, submittedAt: at, returnedReason: null }),
  },
  take_back: { event: 'consent_text.taken_back', to: 'draft', set: () => ({ submittedBy: null, submittedAt: null }) },
  drop: { event: 'consent_text.dropped', to: 'dropped', set: () => ({}) },
}

/**
 * An author hands a text in, takes it back or drops it. What was handed in does not change a word until it is approved or
 * sent back. Doing it again changes nothing.
 */
export async function stepText(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const read = await readText(trx, await lockVersion(trx, asked.version))
    const { text } = read
    const { event, to, set } = steps[asked.action]
    const done = { outcome: 'done' as const, version: text.version, revision: text.revision }
    if (text.life === to && asked.action !== 'take_back' && text.revision === asked.revision) return done
    if (text.life === 'draft' && text.revision !== asked.revision) throw new AppError('stale_revision')
    const at = deps.now()
    const step = { action: asked.action, actorId: me.personId, at, reason: asked.reason }
    const decision = await decideStep(deps, trx, read, step)
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }
    await moveText(trx, text, { life: to, ...set(me, at) })
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event, subjectId: textSubject(text.version), detail: { revision: text.revision } },
      ...(asked.reason.trim() ? { reason: asked.reason.trim() } : {}),
      ...{ before: { life: text.life }, after: { life: to } },
    })
    return done
  })
}

/** The one way in which a version changes its life. What ends makes room for the next text of its purpose. */
export async function moveText(
  trx: Transaction<Database>,
  text: TextVersion,
  change: Updateable<ConsentTextVersionTable> & { life: ConsentTextVersionTable['life'] },
): Promise<void> {
  await trx.updateTable('consentTextVersion').set(change).where('version', '=', text.version).execute()
  if (change.life !== 'approved' && change.life !== 'dropped') return
  await trx.updateTable('consentPurpose').set({ openVersion: null }).where('purpose', '=', text.purpose).execute()
}
