import type { Transaction } from 'kysely'
import { auditRow } from '../audit/append-audit.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import { chunks, groupBy, lockPairs, ofPairs, pairKey, type LockedPairs, type Pair } from './follow-rows.ts'
import { appendAll, standingOf, type Change, type Told } from './record-follows.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'newId'>
export type EndReason = NonNullable<Database['contactFollow']['endReason']>
export type Ending = Pair & { why: EndReason }

/** Records that reps no longer follow these contacts, as WeCom itself says; drops nothing that was proved since. */
export async function endFollows(deps: Needs, told: Told, endings: readonly Ending[]): Promise<void> {
  for (const some of chunks(endings)) await transact(deps.db, (trx) => endSeen(trx, deps, told, some))
}

/** The same inside a transaction, for at most a hundred. Tells what it changed. */
export async function endSeen(
  trx: Transaction<Database>,
  { now, newId }: Omit<Needs, 'db'>,
  told: Told,
  endings: readonly Ending[],
): Promise<Change[]> {
  if (endings.length === 0) return []
  const at = now()
  const locked = await lockPairs(trx, endings)
  const live = endings.filter((ending) => {
    const row = locked.follows.get(pairKey(ending))
    // Half a relation is never listed and never shown: that alone does not end it.
    const half = row?.halfAt && ending.why !== 'not_listed'
    if (!row || !(row.following || half)) return false
    return told.learnt === 'left' || !(row.provedAt && row.provedAt > told.askedAt)
  })
  const explained = endings.filter((ending) => {
    const row = locked.follows.get(pairKey(ending))
    return ending.why !== 'not_listed' && row?.endReason === 'not_listed' && !row.following && !row.halfAt
  })
  for (const [why, those] of groupBy([...live, ...explained], (ending) => ending.why)) {
    await trx
      .updateTable('contactFollow')
      .set({ endReason: why })
      .where((eb) => ofPairs(eb, those))
      .execute()
  }
  if (live.length > 0) {
    await trx
      .updateTable('contactFollow')
      .set({ following: 0, halfAt: null, endedAt: at })
      .where((eb) => ofPairs(eb, live))
      .execute()
  }
  await appendAll(trx, [
    ...live.map((ending) => auditRow(newId(), told.by, at, ends('contact.follow_ended', ending, told, locked))),
    ...explained.map((ending) => auditRow(newId(), told.by, at, ends('contact.end_explained', ending, told, locked))),
  ])
  return live.map(({ why, ...pair }) => ({
    ...{ ...pair, why, what: 'ended' as const, isNow: why },
    was: standingOf(locked.follows.get(pairKey(pair))),
  }))
}

function ends(
  event: 'contact.follow_ended' | 'contact.end_explained',
  { repId, externalUserId, why }: Ending,
  { learnt }: Told,
  { contacts, follows }: LockedPairs,
): AuditEvent {
  const accountId = contacts.get(externalUserId)?.accountId ?? null
  const was = standingOf(follows.get(pairKey({ repId, externalUserId })))
  return { event, subjectId: externalUserId, accountId, detail: { repId, why, learnt, was } }
}

/** Ends all that somebody has who is no longer with the company; WeCom said so of the person. True when none is left. */
export async function endFollowsOf(deps: Needs, by: Actor, repId: string, most = Infinity): Promise<Change[]> {
  const changes: Change[] = []
  while (changes.length < most) {
    const some = await transact(deps.db, async (trx) => {
      const rows = await trx
        .selectFrom('contactFollow')
        .select('externalUserId')
        .where('repId', '=', repId)
        .where((eb) => eb.or([eb('following', '=', 1), eb('halfAt', 'is not', null)]))
        .limit(100)
        .execute()
      const told: Told = { by, learnt: 'left', askedAt: deps.now() }
      const endings = rows.map(({ externalUserId }) => ({ repId, externalUserId, why: 'rep_left' as const }))
      return endSeen(trx, deps, told, endings)
    })
    if (some.length === 0) break
    changes.push(...some)
  }
  return changes
}
