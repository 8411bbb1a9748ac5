import { quietHoursEnd } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { findRoles } from '../../people/queries.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { sha256 } from '../../secrets.ts'
import { reviewNotice } from './review-notices.ts'
import { findCalled, type Called } from './review-queries.ts'

const actor: Actor = { kind: 'system', id: 'call-reviewers' }
/** What comes within this after the first piece is told with it. */
const gatherMs = 60_000
const mostPeople = 200
const mostPieces = 500

/**
 * Job: calls people to the reviews that wait for their signature, all that wait in one app message. Nothing is told in
 * quiet hours; what waits when they end is told then, and what was signed, sent back or taken back meanwhile is not.
 */
export async function callReviewers(deps: Deps): Promise<void> {
  const at = deps.now()
  if (quietHoursEnd(at, await loadPolicy(deps.db, at))) return
  for (const personId of await findDue(deps.db, new Date(at.getTime() - gatherMs))) await call(deps, personId)
}

/** People whose oldest untold call is so old. */
async function findDue(db: Kysely<Database>, before: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('reviewCall')
    .select('personId')
    .where('settledAt', 'is', null)
    .groupBy('personId')
    .having((row) => row(row.fn.min('askedAt'), '<=', before))
    .limit(mostPeople)
    .execute()
  return rows.map(({ personId }) => personId)
}

/** Under the lock of what is owed to one person: whoever comes second finds nothing left. */
async function call(deps: Deps, personId: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const owed = await trx
      .selectFrom('reviewCall')
      .select(['contentItemId', 'renewsUntil'])
      .where('personId', '=', personId)
      .where('settledAt', 'is', null)
      .orderBy('askedAt')
      .limit(mostPieces)
      .forUpdate()
      .execute()
    if (owed.length === 0) return
    const at = deps.now()
    const roles = await findRoles(trx, personId, at)
    const waiting = await findCalled(trx, { personId, roles, owed })
    await trx
      .updateTable('reviewCall')
      .set({ settledAt: at })
      .where('personId', '=', personId)
      .where('settledAt', 'is', null)
      .where(
        'contentItemId',
        'in',
        owed.map((one) => one.contentItemId),
      )
      .execute()
    if (waiting.length > 0) await tell(deps, trx, { personId, waiting, at })
  })
}

type Telling = { personId: string; waiting: Called[]; at: Date }

async function tell(deps: Deps, trx: Transaction<Database>, { personId, waiting, at }: Telling): Promise<void> {
  const contentItemIds = waiting.map((one) => one.contentItemId)
  const rounds = waiting.map((one) => `${one.contentItemId} ${one.renewsUntil?.toISOString() ?? ''}`)
  const subjectId = rounds.length === 1 && !waiting[0]?.renewsUntil ? contentItemIds[0]! : idOf(rounds)
  const notice = { kind: 'review' as const, toPerson: personId, subjectId, ...reviewNotice(waiting) }
  await addNotices(trx, deps.newId, at, [notice])
  await appendAudit(trx, deps.newId(), actor, at, {
    ...{ event: 'content.review_called', subjectId, detail: { to: personId, contentItemIds } },
  })
}

const idOf = (rounds: string[]): string => sha256(rounds.join()).slice(0, 26)
