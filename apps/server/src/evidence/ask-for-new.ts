import { startOfShanghaiDay } from '@vouch/rules'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { linkState } from '@vouch/rules'
import { findSuccessor } from './queries.ts'
import { loadAddressedLink, type Reader } from './reader.ts'

/**
 * The addressee of a link that ended asks its sender for what replaces it. Once a Shanghai day for a document, however
 * often it is tapped. Nothing happens on a live link, after a withdrawn consent, or when the sender has left.
 */
export async function askForNew(deps: Deps, reader: Reader, asked: { token: string }): Promise<void> {
  const link = await loadAddressedLink(deps, reader, asked.token)
  const { accountId, repId, sendId } = link
  const now = deps.now()
  const state = linkState(link, now)
  if (!accountId || state === 'live' || state === 'not_consented' || link.repStatus !== 'active') return

  await transact(deps.db, async (trx) => {
    await trx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute()
    const already = await findSuccessor(trx, link, { now, askedSince: startOfShanghaiDay(now) })
    if (already.asked) return
    const documentId = already.successor?.documentId ?? link.documentId
    await trx.insertInto('contentAsk').values({ accountId, documentId, repId, askedAt: now }).execute()
    const told = { event: 'content.asked_for' as const, subjectId: documentId, accountId }
    await appendAudit(trx, deps.newId(), { kind: 'hcp', id: accountId }, now, { ...told, detail: { sendId, repId } })
  })
}
