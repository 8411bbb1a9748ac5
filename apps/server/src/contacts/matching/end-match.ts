import type { Input, matchingEndpoints, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { lockContact } from '../../sends/queries.ts'
import { tellEnded } from './match-notices.ts'
import { findLive, lockContactRow, type MatchRow } from './match-rows.ts'
import { putOutOfForce } from './take-effect.ts'

type Endpoint = typeof matchingEndpoints.endMatch
type Asked = Input<Endpoint>

/**
 * The rep says that a contact is not that doctor after all, with a reason, or takes back what waits for a second look. From
 * this commit on nothing is sent to the contact; what was sent and consented stays with the doctor it was for. Said again it
 * changes nothing.
 */
export async function endMatch(deps: Deps, repId: string, asked: Asked): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const { accountName } = await lockContact(trx, repId, asked.externalUserId)
    const contact = await lockContactRow(trx, asked.externalUserId)
    const live = await findLive(trx, asked.externalUserId)
    const at = deps.now()
    if (live?.life === 'waiting') {
      await close(trx, live, { life: 'taken_back', by: repId, at, reason: asked.reason })
      await putOutOfForce(trx, asked.externalUserId, at)
      await audit(deps, trx, { repId, asked, at, accountId: live.accountId, event: 'contact.match_taken_back' })
      return { outcome: 'taken_back' }
    }
    if (!contact.accountId) return { outcome: 'none' }
    const matchId = live ? live.matchId : deps.newId()
    if (live) await close(trx, live, { life: 'ended', by: repId, at, reason: asked.reason })
    else await insertEnded(trx, { ...contact, matchId, by: repId, at, reason: asked.reason })
    await putOutOfForce(trx, asked.externalUserId, at)
    await audit(deps, trx, { repId, asked, at, accountId: contact.accountId, event: 'contact.unmatched' })
    const { externalUserId } = asked
    await tellEnded(trx, deps, at, { matchId, externalUserId, by: repId, doctor: accountName ?? '' })
    return { outcome: 'ended' }
  })
}

type End = { life: 'taken_back' | 'ended'; by: string; at: Date; reason: string }

async function close(trx: Transaction<Database>, { matchId }: MatchRow, end: End): Promise<void> {
  await trx
    .updateTable('contactMatch')
    .set({ life: end.life, liveFor: null, endedBy: end.by, endedAt: end.at, endReason: end.reason })
    .where('id', '=', matchId)
    .execute()
}

/** A match older than the history becomes part of it when it ends. */
async function insertEnded(
  trx: Transaction<Database>,
  contact: Omit<End, 'life'> & {
    matchId: string
    externalUserId: string
    accountId: string | null
    matchedBy: string | null
    matchedAt: Date | null
  },
): Promise<void> {
  const { matchId, externalUserId, accountId, matchedBy, matchedAt, by, at, reason } = contact
  await trx
    .insertInto('contactMatch')
    .values({
      ...{ id: matchId, requestId: matchId, externalUserId, accountId: accountId ?? '', life: 'ended', liveFor: null },
      ...{ reasons: '', strong: 0, proposedBy: matchedBy ?? by, proposedAt: matchedAt ?? at },
      ...{ endedBy: by, endedAt: at, endReason: reason },
    })
    .execute()
}

type Told = {
  repId: string
  asked: Asked
  at: Date
  accountId: string
  event: 'contact.match_taken_back' | 'contact.unmatched'
}

function audit({ newId }: Deps, trx: Transaction<Database>, { repId, asked, at, accountId, event }: Told) {
  const { externalUserId, reason } = asked
  return appendAudit(trx, newId(), { kind: 'rep', id: repId }, at, {
    ...{ event, subjectId: externalUserId, accountId, reason },
  })
}
