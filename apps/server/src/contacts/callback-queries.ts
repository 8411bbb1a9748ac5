import type { Kysely } from 'kysely'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'

/** A server that died with events in hand leaves them to the next after this. */
const claimMs = 60_000

const dueColumns = [
  ...(['digest', 'event', 'changeType', 'userId', 'newUserId', 'externalUserId'] as const),
  ...(['source', 'failReason', 'scanState', 'attempts'] as const),
] as const

/** Events whose effect is due, each given to exactly one of those who ask at the same time; the first kind first. */
export async function claimDue(
  deps: Pick<Deps, 'db' | 'now'>,
  kinds: readonly string[],
  most: number,
): Promise<DueEvent[]> {
  for (const kind of kinds) {
    const claimed = await transact(deps.db, async (trx) => {
      const now = deps.now()
      const due = await dueOf(trx, kind, now, most).forUpdate().execute()
      if (due.length === 0) return []
      await trx
        .updateTable('callbackEvent')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), runAt: new Date(now.getTime() + claimMs) }))
        .where(
          'digest',
          'in',
          due.map((event) => event.digest),
        )
        .execute()
      return due.map((event) => ({ ...event, attempts: event.attempts + 1 }))
    })
    if (claimed.length > 0) return claimed
  }
  return []
}

const dueOf = (db: Kysely<Database>, kind: string, now: Date, most: number) =>
  db
    .selectFrom('callbackEvent')
    .select(dueColumns)
    .where('settledAt', 'is', null)
    .where('event', '=', kind)
    .where('runAt', '<=', now)
    .orderBy('runAt')
    .limit(most)
export type DueEvent = Awaited<ReturnType<ReturnType<typeof dueOf>['execute']>>[number]

export async function settleAs(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  events: readonly DueEvent[],
  outcome: string,
): Promise<void> {
  await db
    .updateTable('callbackEvent')
    .set({ settledAt: now(), outcome })
    .where('digest', 'in', digests(events))
    .execute()
}

export async function postpone(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  events: readonly DueEvent[],
  waitMs: number,
): Promise<void> {
  const runAt = new Date(now().getTime() + waitMs)
  await db.updateTable('callbackEvent').set({ runAt }).where('digest', 'in', digests(events)).execute()
}

const digests = (events: readonly DueEvent[]): string[] => events.map((event) => event.digest)
