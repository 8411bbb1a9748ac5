import type { contentEndpoints, Output } from '@vouch/contract'
import type { StepRefusal, StepRefusalReason } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'

type Result = Output<typeof contentEndpoints.signingResult>

/** How a signature of one's own went. Somebody else's does not exist: `content_not_found`. */
export async function signingResult({ db, now }: Deps, me: Session, signingId: string): Promise<Result> {
  const signing = await db
    .selectFrom('signing')
    .select(['id', 'contentItemId', 'step', 'decision', 'outcome', 'reasons', 'endsAt'])
    .where('id', '=', signingId)
    .where('personId', '=', me.personId)
    .executeTakeFirst()
  if (!signing) throw new AppError('content_not_found')
  const { contentItemId, step, decision, outcome, reasons, endsAt } = signing
  const pending = endsAt > now() ? ('waiting' as const) : ('over' as const)
  return { signingId, contentItemId, step, decision, outcome: outcome ?? pending, refusals: readReasons(reasons) }
}

/** As `finishSigning` wrote them. */
function readReasons(reasons: string): StepRefusal[] {
  if (reasons === '') return []
  return reasons.split(',').map((one) => {
    const [reason = '', about] = one.split(':')
    return { reason: reason as StepRefusalReason, ...(about && { about }) }
  })
}
