import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { withdrawnNotice } from './notice-texts.ts'
import type { Stopping } from './withdrawal-queries.ts'

/** Reps still see for so long that it was withdrawn, and why. */
const listedMs = 30 * 86_400_000

type Withdrawal = {
  actor: Actor
  at: Date
  reason: string
  successor: { id: string; title: string } | null
  /** Reps to be told. */
  reps: Iterable<string>
  /** Kept with the entry of the audit trail. */
  detail: Record<string, unknown>
}

/** Ends a version that is locked and may be withdrawn: its state, what reps are told, and the audit trail, all at once. */
export async function recordWithdrawal(
  { newId }: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  piece: Stopping,
  { actor, at, reason, successor, reps, detail }: Withdrawal,
): Promise<void> {
  const { contentItemId: id, state: before } = piece
  await trx
    .updateTable('contentItem')
    .set({ state: 'withdrawn', endedAt: at, withdrawnReason: reason, listedUntil: new Date(at.getTime() + listedMs) })
    .set(successor ? { supersededBy: successor.id } : {})
    .where('id', '=', id)
    .execute()
  const notice = withdrawnNotice({ title: piece.title, version: piece.version, reason, successor })
  await addNotices(
    trx,
    newId,
    at,
    [...reps].map((toPerson) => ({ kind: 'withdrawn' as const, toPerson, subjectId: id, ...notice })),
  )
  await appendAudit(trx, newId(), actor, at, {
    event: 'content.withdrawn',
    subjectId: id,
    reason,
    detail,
    before: { state: before },
    after: { state: 'withdrawn', successorId: successor?.id ?? null },
  })
}
