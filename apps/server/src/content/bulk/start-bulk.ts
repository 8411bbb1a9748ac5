import type { bulkEndpoints, Input } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { findBulk } from './bulk-queries.ts'

type Asked = Input<typeof bulkEndpoints.startBulk>

/**
 * Writes down what is to be done with which pieces, as they stand now; a job does it. Nothing is decided here: each piece
 * is when its turn comes. The same request begins it once. Throws `content_not_found`, `request_id_reused` for another act
 * or other pieces under the same request.
 */
export async function startBulk(deps: Deps, me: Session, asked: Asked): Promise<{ bulkId: string }> {
  const { personId } = me
  const { act } = asked
  const reason = act === 'withdraw' ? asked.reason.trim() : ''
  if (act === 'withdraw' && reason === '') throw new AppError('bad_request', { field: 'reason' })
  const ids = [...new Set(asked.contentItemIds)]
  const revisions = await findRevisions(deps, ids)
  const bulkId = sha256(`bulk ${personId} ${asked.requestId}`).slice(0, 26)

  return transact(deps.db, async (trx) => {
    const createdAt = deps.now()
    const bulk = { id: bulkId, personId, act, reason, createdAt, stoppedAt: null, doneAt: null }
    const { numInsertedOrUpdatedRows } = await trx.insertInto('bulkAct').ignore().values(bulk).executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) {
      const begun = await findBulk(trx, { bulkId, personId })
      const same = begun?.rows.map((row) => row.contentItemId).join() === ids.join()
      if (!begun || !same || begun.act !== act || begun.reason !== reason) throw new AppError('request_id_reused')
      return { bulkId }
    }
    const rows = ids.map((contentItemId, place) => ({
      ...{ bulkId, number: place + 1, contentItemId, revision: revisions.get(contentItemId)! }, // found above
      ...{ outcome: 'waiting' as const, refusals: '[]', problem: '', settledAt: null },
    }))
    await trx.insertInto('bulkActRow').values(rows).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, createdAt, {
      ...{ event: 'bulk.asked', subjectId: bulkId, ...(reason && { reason }) },
      detail: { act, contentItemIds: ids },
    })
    return { bulkId }
  })
}

async function findRevisions({ db }: Deps, ids: readonly string[]): Promise<Map<string, number>> {
  const found = await db.selectFrom('contentItem').select(['id', 'revision']).where('id', 'in', ids).execute()
  if (found.length < ids.length) throw new AppError('content_not_found')
  return new Map(found.map((row) => [row.id, row.revision]))
}
