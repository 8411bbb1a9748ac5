import type { HcpRequest, Input, Output, requestEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { eraseWords } from '../../contacts/erase-queries.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireRole } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { countHeld } from './held-queries.ts'
import { findRequest, requestDeciders } from './office-queries.ts'

type Endpoint = typeof requestEndpoints.decideHcpRequest

/**
 * A compliance officer answers what a doctor asked. An erasure that is granted happens in the same transaction: names,
 * remarks, wishes and the reading record go; what is under hold (held-queries.ts) stays, restricted to what the law asks
 * for, and how much it is stands beside the answer. Whoever is first decides; the same request again gets the same answer.
 */
export async function decideRequest(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireRole(deps, me, requestDeciders)
  const outcome = await transact(deps.db, async (trx) => {
    const row = await lockRequest(trx, asked.hcpRequestId)
    if (row.life !== 'waiting') return row.decisionId === asked.requestId ? ('done' as const) : ('already' as const)
    if (row.kind === 'complaint' && asked.decision === 'refused')
      throw new AppError('bad_request', { field: 'decision' })

    const at = deps.now()
    const erasing = row.kind === 'erasure' && asked.decision === 'done'
    const erased = erasing ? { ...(await erase(trx, row, at)), kept: await countHeld(trx, row) } : null
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
  { accountId, externalUserId }: { accountId: string | null; externalUserId: string },
  at: Date,
): Promise<NonNullable<HcpRequest['erased']>> {
  const words = await eraseWords(trx, { accountId, externalUserId, at })
  if (!accountId) return { ...words, pagesRead: 0 }
  const read = await trx
    .deleteFrom('pageView')
    .where('sendId', 'in', (eb) => eb.selectFrom('send').select('send.id').where('send.accountId', '=', accountId))
    .executeTakeFirst()
  return { ...words, pagesRead: Number(read.numDeletedRows) }
}
