import { sql } from 'kysely'
import { auditRow } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { addContacts, lockPairs, pairKey } from './follow-rows.ts'
import { appendAll, standingOf, type SeenFollow, type Told } from './record-follows.ts'

type Half = Pick<SeenFollow, 'repId' | 'externalUserId' | 'scanState'>

/**
 * Records that the HCP added the rep and the rep has not confirmed. Nobody may send in half a relation, and WeCom tells
 * no name; a whole one is never made less by it. Once, however often it is told.
 */
export async function recordHalfFollow(deps: Deps, told: Told, half: Half): Promise<void> {
  const { repId, externalUserId } = half
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    await addContacts(trx, [{ externalUserId, nickname: '', unionId: null, kind: 'wechat', company: '' }], at)
    const { contacts, follows } = await lockPairs(trx, [half])
    const before = follows.get(pairKey(half))
    if (before?.following || before?.halfAt || (before?.endedAt ?? new Date(0)) > told.askedAt) return
    const scanState = half.scanState?.slice(0, 64) ?? ''
    await trx
      .insertInto('contactFollow')
      .values({ repId, externalUserId, following: 0, provedAt: null, endedAt: null, halfAt: at, scanState })
      .onDuplicateKeyUpdate({ halfAt: at, endedAt: null, endReason: null, scanState: sql`values(scan_state)` })
      .execute()
    const accountId = contacts.get(externalUserId)?.accountId ?? null
    const detail = { repId, learnt: told.learnt, was: standingOf(before) }
    const entry = { event: 'contact.half_followed' as const, subjectId: externalUserId, accountId, detail }
    await appendAll(trx, [auditRow(deps.newId(), told.by, at, entry)])
  })
}
