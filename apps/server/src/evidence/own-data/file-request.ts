import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'

export type AskedRequest = {
  /** Of the form that was sent: however often it arrives, it is one request. */
  requestId: string
  kind: 'erasure' | 'complaint'
  accountId: string | null
  externalUserId: string
  wording: string
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
    })
  } catch (fault) {
    if (errnoOf(fault) !== duplicate) throw fault
  }
}

/** Short enough to be read out on the phone; the letters of an id leave out those that look like digits. */
const receiptOf = (kind: AskedRequest['kind'], id: string): string => `${kind === 'erasure' ? 'D' : 'T'}${id.slice(-8)}`
