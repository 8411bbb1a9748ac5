import type { Input, Output, repEndpoints } from '@vouch/contract'
import { verdict } from '@vouch/rules'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findFactKinds } from './answer-send.ts'
import { appendFact } from './append-fact.ts'

type Endpoint = typeof repEndpoints.attest

/** A word on what happened needs a sign-in at most this old (assurance.md 2.2, R+ and R-: with re-authentication). */
const freshSignInMs = 10 * 60_000

/** Records the rep's own word on a send whose outcome is unknown. It never turns unknown into sent. */
export async function attestSend(
  deps: Deps,
  rep: { personId: string; signedInAt: Date },
  told: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  const at = deps.now()
  if (at.getTime() - rep.signedInAt.getTime() > freshSignInMs) throw new AppError('step_up_needed')
  await transact(deps.db, async (trx) => {
    const send = await trx
      .selectFrom('send')
      .select('accountId')
      .where('id', '=', told.sendId)
      .where('repId', '=', rep.personId)
      .where('outcome', '=', 'authorised')
      .executeTakeFirst()
    if (!send) throw new AppError('send_not_found')
    const kind = told.sent ? ('R+' as const) : ('R-' as const)
    await appendFact(trx, {
      sendId: told.sendId,
      kind,
      factId: told.factId,
      author: rep.personId,
      at,
      clientAt: null,
      seenExternalUserId: null,
    })
    await appendAudit(trx, deps.newId(), { kind: 'rep', id: rep.personId }, at, {
      event: 'send.attested',
      subjectId: told.sendId,
      accountId: send.accountId,
      reason: told.reason,
      detail: { sent: told.sent },
    })
  })
  return { verdict: verdict(await findFactKinds(deps, told.sendId)) }
}
