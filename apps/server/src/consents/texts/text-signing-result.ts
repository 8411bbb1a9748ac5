import type { consentEndpoints, Output } from '@vouch/contract'
import type { TextRefusal, TextRefusalReason } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'

type Result = Output<typeof consentEndpoints.textSigningResult>

/** How a signature of one's own went. Somebody else's does not exist: `content_not_found`. */
export async function textSigningResult({ db, now }: Deps, me: Session, signingId: string): Promise<Result> {
  const signing = await db
    .selectFrom('consentTextSigning')
    .select(['version', 'decision', 'outcome', 'reasons', 'endsAt'])
    .where('id', '=', signingId)
    .where('personId', '=', me.personId)
    .executeTakeFirst()
  if (!signing) throw new AppError('content_not_found')
  const { version, decision, outcome, reasons, endsAt } = signing
  const pending = endsAt > now() ? ('waiting' as const) : ('over' as const)
  return { version, decision, outcome: outcome ?? pending, refusals: readReasons(reasons) }
}

/** As `finishTextSigning` wrote them. */
function readReasons(reasons: string): TextRefusal[] {
  if (reasons === '') return []
  return reasons.split(',').map((one) => {
    const [reason = '', about] = one.split(':')
    return { reason: reason as TextRefusalReason, ...(about && { about }) }
  })
}
