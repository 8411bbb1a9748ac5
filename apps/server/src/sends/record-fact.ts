import type { Input, Output, repEndpoints } from '@vouch/contract'
import { verdict } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { loadPolicy } from '../policy/queries.ts'
import { findFactKinds } from './answer-send.ts'
import { appendFact } from './append-fact.ts'

type Endpoint = typeof repEndpoints.recordFact

/** Facts are taken this long after the decision: phones come back late, never years later. */
const acceptedDays = 30

/**
 * Adds what the client saw. Only the rep who holds the ticket can; the same fact twice is one row. H after the ticket's
 * life is refused with `ticket_expired`, K, C and F are taken and marked late (assurance.md 2.4 rule 4).
 */
export async function recordFact(deps: Deps, repId: string, told: Input<Endpoint>): Promise<Output<Endpoint>> {
  const send = await deps.db
    .selectFrom('send')
    .select(['decidedAt', 'messageDigest'])
    .where('id', '=', told.sendId)
    .where('repId', '=', repId)
    .where('outcome', '=', 'authorised')
    .executeTakeFirst()
  if (!send || !deps.secrets.isTicketOf(told.sendId, told.ticket)) throw new AppError('send_not_found')
  if (told.digest !== send.messageDigest) throw new AppError('digest_mismatch')

  const at = deps.now()
  const age = at.getTime() - send.decidedAt.getTime()
  const policy = await loadPolicy(deps.db, at)
  const late = age > policy.ticketSeconds * 1_000
  if ((late && told.kind === 'H') || age > acceptedDays * 86_400_000) throw new AppError('ticket_expired')
  const { sendId, kind, factId, clientAt, code, seenExternalUserId } = told
  await appendFact(deps.db, { sendId, kind, factId, author: repId, at, clientAt, late, code, seenExternalUserId })
  return { verdict: verdict(await findFactKinds(deps, told.sendId)), late }
}
