import type { Input, Output, withdrawalEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import type { Session } from '../../people/sessions.ts'
import { noticeKind, noticeSubject } from './notice-subject.ts'
import { messageTo, planNotices, whomToAsk, type NoticePlan } from './plan-notices.ts'
import { findAsked, inParts } from './reader-queries.ts'
import { recordRefusedStep } from '../life/record-refused-step.ts'
import { findAnswered, findInForce, findStopping, lockStopping, type Stopping } from './withdrawal-queries.ts'

type Endpoint = typeof withdrawalEndpoints.tellReaders
type Asked = Input<Endpoint>
type Answer = Output<Endpoint>
type Done = Extract<Answer, { outcome: 'done' }>

/**
 * Asks reps to send the readers of a piece what replaces or corrects it. Each of these sends goes through the gate like
 * any other: nothing reaches a doctor from here. A reader is asked for with one notice once.
 */
export async function tellReaders(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  const piece = await findStopping(deps.db, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const plan = await planNotices(deps.db, piece)
  return transact(deps.db, async (trx) => {
    await lockStopping(trx, piece.contentItemId)
    const at = deps.now()
    const { contentItemId } = piece
    const before = { event: 'content.notice_asked', subjectId: contentItemId, actorId: me.personId }
    const answered = await findAnswered<Omit<Done, 'outcome'>>(trx, { ...before, requestId: asked.requestId })
    if (answered) {
      const { doctors, reps, unreachable } = answered.detail
      return { outcome: 'done', doctors, reps, unreachable }
    }
    if (!me.roles.includes('compliance_officer')) {
      const refusals = [{ reason: 'wrong_role' as const }]
      await recordRefusedStep(deps, trx, { me, contentItemId, at, action: 'tell_readers', refusals })
      return { outcome: 'refused', refusals }
    }
    return ask(deps, trx, { me, piece, asked, at, plan })
  })
}

async function ask(
  deps: Deps,
  trx: Transaction<Database>,
  { me, piece, asked, at, plan }: { me: Session; piece: Stopping; asked: Asked; at: Date; plan: NoticePlan },
): Promise<Answer> {
  const { contentItemId, title, version } = piece
  const { noticeItemId, requestId } = asked
  const notice = noticeItemId === contentItemId ? undefined : await findInForce(trx, noticeItemId, at)
  if (!notice) throw new AppError('bad_request', { field: 'noticeItemId' })
  const already = await findAsked(trx, contentItemId, noticeItemId)
  const toAsk = whomToAsk(plan, already)
  const rows = toAsk.flatMap(({ repId, accountIds }) =>
    accountIds.map((accountId) => ({
      ...{ contentItemId, accountId, repId, noticeItemId, askedBy: me.personId, askedAt: at },
    })),
  )
  for (const part of inParts(rows)) await trx.insertInto('recallReader').values(part).execute()
  const notices = toAsk.map((one) => ({
    ...{ kind: noticeKind, toPerson: one.repId },
    subjectId: noticeSubject({ contentItemId, noticeItemId, askedAt: at, repId: one.repId }),
    ...messageTo(one, plan, { title, version, notice: notice.title }),
  }))
  await addNotices(trx, deps.newId, at, notices)
  const done = { doctors: rows.length, reps: toAsk.length, unreachable: plan.unreachable }
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    event: 'content.notice_asked',
    subjectId: contentItemId,
    detail: { requestId, noticeItemId, ...done },
  })
  return { outcome: 'done', ...done }
}
