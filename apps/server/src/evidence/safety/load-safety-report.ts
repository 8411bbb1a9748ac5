import type { Input, Output, safetyEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { addStep } from './safety-steps.ts'
import { allow, safetyStanding } from './safety-office.ts'
import { findReport, findSafetyRule, findSteps, lockTask, withClock } from './safety-queries.ts'

type Endpoint = typeof safetyEndpoints.loadSafetyReport

/** One report in full, for whoever answers for it. The first look is a step on record; each look is in the audit trail. */
export async function loadSafetyReport(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db } = deps
  const now = deps.now()
  const found = await findReport(db, asked.reportId)
  const standing = safetyStanding(me, found?.ownerId ?? null)
  allow(standing.looks)
  if (!found) throw new AppError('not_found')
  await recordLook(deps, me, { reportId: asked.reportId, now })
  const [rule, steps] = await Promise.all([findSafetyRule(db), findSteps(db, asked.reportId)])
  const { happened, occurred, contact, language, identity, accountId, contentItemId, title, version, rep } = found
  const may: Output<Endpoint>['may'] = []
  if (standing.works && !found.acknowledgedAt) may.push('acknowledge')
  if (standing.works) may.push('hand_over')
  return {
    ...withClock({ ...found, viewedAt: found.viewedAt ?? now }, rule),
    ...{ happened, occurred, contact, language, identity, steps, may, now },
    reporter: accountId
      ? {
          name: found.reporterName ?? '',
          hospital: found.hospitalName ?? '',
          department: found.department ?? '',
        }
      : null,
    piece: contentItemId ? { contentItemId, title: title ?? '', version: version ?? 0, rep: rep ?? '' } : null,
  }
}

async function recordLook(deps: Deps, me: Session, { reportId, now }: { reportId: string; now: Date }) {
  await transact(deps.db, async (trx) => {
    const task = await lockTask(trx, reportId)
    if (!task) return
    if (!task.viewedAt) {
      await addStep(deps, trx, { reportId, step: 'viewed', once: 'viewed', personId: me.personId, at: now })
      await trx.updateTable('safetyTask').set({ viewedAt: now }).where('reportId', '=', reportId).execute()
    }
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now, {
      ...{ event: 'safety.viewed', subjectId: reportId, accountId: task.accountId },
      detail: { first: !task.viewedAt },
    })
  })
}
