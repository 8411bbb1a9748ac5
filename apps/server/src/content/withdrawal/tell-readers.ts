import type { Input, Output, withdrawalEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { sha256 } from '../../secrets.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { findReaders } from './find-readers.ts'
import { correctionNotice } from './notice-texts.ts'
import { findAsked, findMaskedNames, findTellers, inParts } from './reader-queries.ts'
import { recordRefusedStep } from '../life/record-refused-step.ts'
import { findAnswered, findInForce, findStopping, lockStopping, type Stopping } from './withdrawal-queries.ts'

type Endpoint = typeof withdrawalEndpoints.tellReaders
type Asked = Input<Endpoint>
type Answer = Output<Endpoint>
type Done = Extract<Answer, { outcome: 'done' }>

/** Doctors to be told, each by one rep, and how many nobody can tell. */
type Plan = { byRep: Map<string, string[]>; names: Map<string, string>; unreachable: number }

/**
 * Asks reps to send the readers of a piece what replaces or corrects it. Each of these sends goes through the gate like
 * any other: nothing reaches a doctor from here. A reader is asked for with one notice once.
 */
export async function tellReaders(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  const piece = await findStopping(deps.db, asked.contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const plan = await planNotices(deps, piece)
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
    if (!(await findRoles(trx, me.personId, at)).includes('compliance_officer')) {
      const refusals = [{ reason: 'wrong_role' as const }]
      await recordRefusedStep(deps, trx, { me, contentItemId, at, action: 'tell_readers', refusals })
      return { outcome: 'refused', refusals }
    }
    return ask(deps, trx, { me, piece, asked, at, plan })
  })
}

async function planNotices({ db }: Deps, piece: Stopping): Promise<Plan> {
  const readers = await findReaders(db, piece)
  const tellers = await findTellers(db, readers)
  const byRep = new Map<string, string[]>()
  for (const { accountId } of readers) {
    const repId = tellers.get(accountId)?.repId
    if (repId) byRep.set(repId, [...(byRep.get(repId) ?? []), accountId])
  }
  const names = await findMaskedNames(db, [...tellers.keys()])
  return { byRep, names, unreachable: readers.length - tellers.size }
}

async function ask(
  deps: Deps,
  trx: Transaction<Database>,
  { me, piece, asked, at, plan }: { me: Session; piece: Stopping; asked: Asked; at: Date; plan: Plan },
): Promise<Answer> {
  const { contentItemId, title, version } = piece
  const { noticeItemId, requestId } = asked
  const notice = noticeItemId === contentItemId ? undefined : await findInForce(trx, noticeItemId, at)
  if (!notice) throw new AppError('bad_request', { field: 'noticeItemId' })
  const already = await findAsked(trx, contentItemId, noticeItemId)
  const toAsk = [...plan.byRep]
    .map(([repId, all]) => ({ repId, accountIds: all.filter((accountId) => !already.has(accountId)) }))
    .filter(({ accountIds }) => accountIds.length > 0)

  const rows = toAsk.flatMap(({ repId, accountIds }) =>
    accountIds.map((accountId) => ({
      ...{ contentItemId, accountId, repId, noticeItemId, askedBy: me.personId, askedAt: at },
    })),
  )
  for (const part of inParts(rows)) await trx.insertInto('recallReader').values(part).execute()
  const notices = toAsk.map(({ repId, accountIds }) => {
    const doctors = accountIds.map((accountId) => plan.names.get(accountId) ?? '')
    const words = correctionNotice({ title, version, notice: notice.title, doctors })
    // Readers who came later are a subject of their own: their rep is told again, about them.
    return {
      kind: 'correction' as const,
      toPerson: repId,
      subjectId: sha256(`${requestId}\n${repId}`).slice(0, 26),
      ...words,
    }
  })
  await addNotices(trx, deps.newId, at, notices)
  const done = { doctors: rows.length, reps: toAsk.length, unreachable: plan.unreachable }
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    event: 'content.notice_asked',
    subjectId: contentItemId,
    detail: { requestId, noticeItemId, ...done },
  })
  return { outcome: 'done', ...done }
}
