import { appendAudit } from '../../audit/append-audit.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { findOfficers } from './office-queries.ts'

export type AskedRequest = {
  /** Of the form that was sent: however often it arrives, it is one request. */
  requestId: string
  kind: 'erasure' | 'complaint'
  accountId: string | null
  externalUserId: string
  wording: string
}

const notices: Record<AskedRequest['kind'], { title: string; text: string }> = {
  erasure: {
    title: '有医生要求删除信息 A doctor asks for erasure',
    text: '请在控制台处理并答复。\nDecide and answer it in the console.',
  },
  complaint: {
    title: '收到一位医生的投诉 A doctor complained',
    text: '请在控制台查看并答复。\nRead and answer it in the console.',
  },
}

const duplicate = 1062

/**
 * Files what a doctor asks of the company and gives it a number. The same form twice is one request, and while an erasure
 * is open another one is the same: the keys decide, not a read before.
 */
export async function fileRequest(deps: Deps, asked: AskedRequest): Promise<void> {
  try {
    await transact(deps.db, async (trx) => {
      const { kind, accountId, externalUserId } = asked
      const id = deps.newId()
      const filedAt = deps.now()
      await trx
        .insertInto('hcpRequest')
        .values({
          ...asked,
          ...{ id, receipt: receiptOf(kind, id), life: 'waiting', filedAt },
          ...{
            openFor: kind === 'erasure' ? externalUserId : null,
            decidedBy: null,
            decidedAt: null,
            decisionId: null,
          },
        })
        .execute()
      await appendAudit(trx, deps.newId(), { kind: 'hcp', id: accountId ?? externalUserId }, filedAt, {
        event: kind === 'erasure' ? 'erasure.asked' : 'complaint.filed',
        subjectId: id,
        accountId,
      })
      const officers = await findOfficers(trx, filedAt)
      const told = { kind: 'hcp_request' as const, subjectId: id, ...notices[kind], path: '/console/requests' }
      await addNotices(
        trx,
        deps.newId,
        filedAt,
        officers.map((toPerson) => ({ ...told, toPerson })),
      )
    })
  } catch (fault) {
    if (errnoOf(fault) !== duplicate) throw fault
  }
}

/** Short enough to be read out on the phone; the letters of an id leave out those that look like digits. */
const receiptOf = (kind: AskedRequest['kind'], id: string): string => `${kind === 'erasure' ? 'D' : 'T'}${id.slice(-8)}`
