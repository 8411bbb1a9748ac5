import type { noticeEndpoints, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { never } from './queries.ts'

/** Owes a message again that did not arrive. The row is the lock: however many ask, it is owed once. */
export async function sendNoticeAgain(
  deps: Deps,
  me: Session,
  noticeId: string,
): Promise<Output<typeof noticeEndpoints.sendNoticeAgain>> {
  return transact(deps.db, async (trx) => {
    const notice = await trx
      .selectFrom('outbox')
      .select(['kind', 'toPerson', 'subjectId', 'sentAt', 'runAt', 'problem'])
      .where('id', '=', noticeId)
      .forUpdate()
      .executeTakeFirst()
    if (!notice) throw new AppError('not_found')
    if (notice.sentAt || notice.runAt < never) return { outcome: 'already' }
    const { status } = await trx
      .selectFrom('person')
      .select('status')
      .where('id', '=', notice.toPerson)
      .executeTakeFirstOrThrow()
    if (status !== 'active') return { outcome: 'left' }
    const at = deps.now()
    const owed = { runAt: at, ownedUntil: at, owner: null, attempts: 0, problem: null, batchId: null, triedAt: null }
    await trx.updateTable('outbox').set(owed).where('id', '=', noticeId).execute()
    const { kind, toPerson, subjectId, problem } = notice
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'notice.sent_again', subjectId, detail: { kind, to: toPerson, problem } },
    })
    return { outcome: 'owed' }
  })
}
