import type { HcpRequest, Input, Output, requestEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { eraseWords, lockOwnContacts } from '../../contacts/erase-queries.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findWholeId } from '../../merged-records.ts'
import type { Session } from '../../people/sessions.ts'
import { countHeld } from './held-queries.ts'
import { findRequest } from './office-queries.ts'
import { ownSends, type Own } from './own-sends.ts'

type Endpoint = typeof requestEndpoints.decideHcpRequest
const atOnce = 500

/**
 * A compliance officer answers what a doctor asked. An erasure that is granted happens in the same transaction: names,
 * remarks, wishes and the reading record go; what is under hold (held-queries.ts) stays, restricted to what the law asks
 * for, and how much it is stands beside the answer. Whoever is first decides; the same request again gets the same answer.
 */
export async function decideRequest(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const outcome = await transact(deps.db, async (trx) => {
    const row = await lockRequest(trx, asked.hcpRequestId)
    if (row.life !== 'waiting') return row.decisionId === asked.requestId ? ('done' as const) : ('already' as const)
    if (row.kind === 'complaint' && asked.decision === 'refused')
      throw new AppError('bad_request', { field: 'decision' })

    const at = deps.now()
    const erasing = row.kind === 'erasure' && asked.decision === 'done'
    const erased = erasing ? await erase(trx, row, at) : null
    await trx
      .updateTable('hcpRequest')
      .set({
        ...{ life: asked.decision, answer: asked.answer, decidedBy: me.personId, decidedAt: at },
        ...{ decisionId: asked.requestId, openFor: null, erased: erased ? JSON.stringify(erased) : '' },
      })
      .where('id', '=', asked.hcpRequestId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      event: row.kind === 'complaint' ? 'complaint.answered' : erasing ? 'erasure.done' : 'erasure.refused',
      subjectId: asked.hcpRequestId,
      accountId: row.accountId,
      reason: asked.answer.slice(0, 300),
      ...(erased ? { detail: erased } : {}),
    })
    return 'done' as const
  })
  const request = await findRequest(deps.db, asked.hcpRequestId)
  if (!request) throw new AppError('not_found')
  return { outcome, request }
}

async function lockRequest(trx: Transaction<Database>, id: string) {
  const row = await trx
    .selectFrom('hcpRequest')
    .select(['kind', 'life', 'decisionId', 'accountId', 'externalUserId'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not_found')
  return row
}

async function erase(
  trx: Transaction<Database>,
  asked: { accountId: string | null; externalUserId: string },
  at: Date,
): Promise<NonNullable<HcpRequest['erased']> & { kept: NonNullable<HcpRequest['kept']> }> {
  const accountId = asked.accountId && (await findWholeId(trx, asked.accountId))
  const own = { accountId, contactIds: await lockOwnContacts(trx, { ...asked, accountId }) }
  const words = await eraseWords(trx, { ...own, at })
  const pagesRead = await eraseReading(trx, own)
  return { ...words, pagesRead, kept: await countHeld(trx, own) }
}

async function eraseReading(trx: Transaction<Database>, own: Own): Promise<number> {
  const sends = await ownSends(trx, own).select('send.id').execute()
  let pagesRead = 0
  for (let from = 0; from < sends.length; from += atOnce) {
    const ids = sends.slice(from, from + atOnce).map(({ id }) => id)
    const read = await trx.deleteFrom('pageView').where('sendId', 'in', ids).executeTakeFirst()
    pagesRead += Number(read.numDeletedRows)
  }
  return pagesRead
}
