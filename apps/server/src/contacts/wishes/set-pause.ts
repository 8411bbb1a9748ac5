import { appendAudit } from '../../audit/append-audit.ts'
import { startOfShanghaiDay } from '@vouch/rules'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { lockOwn, withoutEnd } from './wish-rows.ts'

export const pauses = ['week', 'month', 'open', 'none'] as const
type PauseFor = (typeof pauses)[number]

const days: Record<'week' | 'month', number> = { week: 7, month: 30 }

/** Stops every send to this doctor until a Shanghai midnight, until they resume, or no longer. In force at commit. */
export async function setPause(deps: Deps, asked: { accountId: string; for: PauseFor }): Promise<void> {
  await transact(deps.db, async (trx) => {
    const before = await lockOwn(trx, asked.accountId)
    const accountId = before.id
    const now = deps.now()
    const pausedUntil = endOf(asked.for, now)
    if (before.pausedUntil?.getTime() === pausedUntil?.getTime()) return
    await trx.updateTable('account').set({ pausedUntil }).where('id', '=', accountId).execute()
    await appendAudit(trx, deps.newId(), { kind: 'hcp', id: accountId }, now, {
      event: 'wish.changed',
      subjectId: accountId,
      accountId,
      before: { pausedUntil: before.pausedUntil },
      after: { pausedUntil },
    })
  })
}

function endOf(pause: PauseFor, now: Date): Date | null {
  if (pause === 'none') return null
  return pause === 'open' ? withoutEnd : startOfShanghaiDay(now, days[pause] + 1)
}
