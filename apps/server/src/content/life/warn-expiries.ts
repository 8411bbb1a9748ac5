import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { sha256 } from '../../secrets.ts'
import { lockPiece, type PieceRow } from './piece-lock.ts'
import { expiringNotice } from './review-notices.ts'
import { findHolders } from '../../people/role-queries.ts'

const actor: Actor = { kind: 'system', id: 'warn-expiries' }
const dayMs = 86_400_000
/** Days before the last one, the nearest first. */
const warnings = [3, 14, 30] as const
const most = 500
const longestMs = 50_000

/**
 * Moves what has reached its last day from approved to expired, and warns of what soon will: 30, 14 and 3 days before,
 * each once, also when an expiry was moved in between. The gate does not wait for this; it looks at the day itself.
 */
export async function warnExpiries(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  let after = ''
  while (performance.now() < endsAt) {
    const due = await findDue(deps.db, deps.now(), after)
    for (const { id } of due) await settle(deps, id)
    after = due.at(-1)?.id ?? ''
    if (due.length < most) return
  }
}

/** Approved versions that end within the longest warning and of whose nearest end nobody was told. */
function findDue(db: Kysely<Database>, now: Date, after: string) {
  const within = (days: number) => new Date(now.getTime() + days * dayMs)
  return db
    .selectFrom('contentItem')
    .select('id')
    .where('state', '=', 'approved')
    .where('expiresAt', '<=', within(30))
    .where('id', '>', after)
    .where((eb) => {
      const told = (days: number) =>
        eb.exists(
          eb
            .selectFrom('expiryWarning')
            .select('days')
            .whereRef('contentItemId', '=', 'contentItem.id')
            .whereRef('expiryWarning.expiresAt', '=', 'contentItem.expiresAt')
            .where('days', '=', days),
        )
      return eb.or([
        eb('contentItem.expiresAt', '<=', now),
        eb.and([eb('contentItem.expiresAt', '<=', within(3)), eb.not(told(3))]),
        eb.and([
          eb('contentItem.expiresAt', '>', within(3)),
          eb('contentItem.expiresAt', '<=', within(14)),
          eb.not(told(14)),
        ]),
        eb.and([eb('contentItem.expiresAt', '>', within(14)), eb.not(told(30))]),
      ])
    })
    .orderBy('id')
    .limit(most)
    .execute()
}

async function settle(deps: Deps, contentItemId: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const { piece } = await lockPiece(trx, contentItemId)
    const at = deps.now()
    if (piece.state !== 'approved' || !piece.expiresAt) return
    if (piece.expiresAt <= at) return end(deps, trx, piece, at)
    await warn(deps, trx, { piece, expiresAt: piece.expiresAt, at })
  })
}

/** Its day has come; that is no new moment, so only the state says so. */
async function end({ newId }: Deps, trx: Transaction<Database>, piece: PieceRow, at: Date): Promise<void> {
  const { contentItemId, expiresAt } = piece
  await trx.updateTable('contentItem').set({ state: 'expired' }).where('id', '=', contentItemId).execute()
  await appendAudit(trx, newId(), actor, at, {
    ...{ event: 'content.expired', subjectId: contentItemId, reason: 'last day' },
    ...{ before: { lifeState: 'approved', expiresAt }, after: { lifeState: 'expired' } },
  })
}

type Ending = { piece: PieceRow; expiresAt: Date; at: Date }

async function warn(deps: Deps, trx: Transaction<Database>, { piece, expiresAt, at }: Ending): Promise<void> {
  const { contentItemId, title, version } = piece
  const left = (expiresAt.getTime() - at.getTime()) / dayMs
  const days = warnings.find((one) => left <= one)
  if (days === undefined) return
  const row = { contentItemId, expiresAt, days, toldAt: at }
  const added = await trx.insertInto('expiryWarning').ignore().values(row).executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 0n) return
  const people = await findPeopleToTell(trx, piece, at)
  // One warning of one end: the same piece is warned of again when it was renewed.
  const subjectId = sha256(`${contentItemId} ${expiresAt.toISOString()} ${days}`).slice(0, 26)
  const words = expiringNotice({ contentItemId, title, version, days: Math.ceil(left) })
  const notice = { kind: 'expiring' as const, subjectId, ...words }
  await addNotices(
    ...([trx, deps.newId, at] as const),
    people.map((toPerson) => ({ ...notice, toPerson })),
  )
  await appendAudit(trx, deps.newId(), actor, at, {
    ...{ event: 'content.expiring', subjectId: contentItemId, detail: { days, expiresAt, told: people } },
  })
}

/** Its author, when there is one with us, and otherwise whoever watches over content. */
async function findPeopleToTell(trx: Transaction<Database>, { ownerId }: PieceRow, now: Date): Promise<string[]> {
  const owner = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', ownerId ?? '')
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (owner) return [owner.id]
  return findHolders(trx, ['compliance_officer'], now)
}
