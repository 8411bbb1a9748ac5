import type { Input, matchingEndpoints, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { lockContact, type ContactRow } from '../../sends/queries.ts'
import { findAccount } from './candidate-queries.ts'
import { loadContactWords } from './contact-words.ts'
import { callReviewers } from './match-notices.ts'
import { findLive, findSaid, type MatchRow } from './match-rows.ts'
import { matchReviewers } from './matching-roles.ts'
import { findNamed } from './standing-queries.ts'
import { putInForce } from './take-effect.ts'
import { weigh } from './weigh-candidates.ts'

type Endpoint = typeof matchingEndpoints.matchContact
type Asked = Input<Endpoint>
const duplicateKey = 1062

/**
 * Records that a contact is this account, on the rep's word; never done silently. Where the policy asks for a second look
 * it waits, and until then there is no account and nothing is sent. Saying the same again changes nothing; another account
 * than the one already said is `already_matched`. Accounts outside the rep's territories exist for them only when the
 * office named them; one that another contact is matched to is `account_taken` until the rep says they saw it.
 */
export async function matchContact(deps: Deps, repId: string, asked: Asked): Promise<Output<Endpoint>> {
  try {
    return await transact(deps.db, (trx) => matchWithin(deps, trx, repId, asked))
  } catch (fault) {
    if (errnoOf(fault) !== duplicateKey) throw fault
    throw new AppError('request_id_reused') // the same request about another contact, at the same time
  }
}

async function matchWithin(
  deps: Deps,
  trx: Transaction<Database>,
  repId: string,
  asked: Asked,
): Promise<Output<Endpoint>> {
  const row = await lockContact(trx, repId, asked.externalUserId)
  const live = await findLive(trx, asked.externalUserId)
  const known = repeated(row, live, asked.accountId)
  if (known) return { outcome: known }
  if (await findSaid(trx, repId, asked.requestId)) throw new AppError('request_id_reused')
  const { weight, waits } = await weighAsked(deps, trx, repId, asked)
  const at = deps.now()
  const { externalUserId, accountId, requestId } = asked
  const match = { matchId: deps.newId(), externalUserId, accountId, proposedBy: repId }
  await trx
    .insertInto('contactMatch')
    .values({
      ...{ id: match.matchId, requestId, externalUserId, accountId, liveFor: externalUserId, proposedBy: repId },
      ...{
        life: waits ? 'waiting' : 'in_force',
        proposedAt: at,
        reasons: weight.reasons.join(),
        strong: weight.strong,
      },
    })
    .execute()
  if (!waits) {
    await putInForce(trx, deps, { actor: { kind: 'rep', id: repId }, match, at, reviewed: false })
    return { outcome: 'in_force' }
  }
  await wait(deps, trx, { ...match, reasons: weight.reasons, at })
  return { outcome: 'waiting' }
}

/** What holds or waits already; something else than asked is `already_matched`. */
function repeated(
  row: ContactRow,
  live: Pick<MatchRow, 'accountId'> | undefined,
  accountId: string,
): 'in_force' | 'waiting' | undefined {
  if (row.accountId === accountId) return 'in_force'
  if (row.accountId) throw new AppError('already_matched')
  if (!row.waitingMatchId) return undefined
  if (live?.accountId === accountId) return 'waiting'
  throw new AppError('already_matched')
}

async function weighAsked(deps: Deps, trx: Transaction<Database>, repId: string, asked: Asked) {
  const { externalUserId, accountId } = asked
  const contact = await loadContactWords(trx, repId, externalUserId)
  const named = await findNamed(trx, repId, externalUserId)
  const account = await findAccount(trx, repId, contact, accountId)
  if (!account || !(Number(account.inTerritory) || named === accountId)) throw new AppError('account_not_found')
  if (Number(account.taken) && !asked.taken) throw new AppError('account_taken')
  const { matchReview } = await loadPolicy(trx, deps.now())
  const weight = weigh(account, { contact, named, review: matchReview })
  return { weight, waits: weight.secondLook }
}

async function wait(
  deps: Deps,
  trx: Transaction<Database>,
  match: {
    matchId: string
    externalUserId: string
    accountId: string
    proposedBy: string
    reasons: string[]
    at: Date
  },
): Promise<void> {
  const { matchId, externalUserId, accountId, proposedBy, reasons, at } = match
  await trx
    .updateTable('externalContact')
    .set({ waitingMatchId: matchId, matchChangedAt: at })
    .where('externalUserId', '=', externalUserId)
    .execute()
  await appendAudit(trx, deps.newId(), { kind: 'rep', id: proposedBy }, at, {
    ...{ event: 'contact.match_proposed', subjectId: externalUserId, accountId, detail: { matchId, reasons } },
  })
  await callReviewers(trx, deps, at, { kind: 'match_review', roles: matchReviewers, by: proposedBy })
}
