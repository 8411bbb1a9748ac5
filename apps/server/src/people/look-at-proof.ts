import type { Output, proofEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from './sessions.ts'

/** What became of a proof of one's own session. */
export async function lookAtProof(
  { db, now }: Deps,
  me: Session,
  proofId: string,
): Promise<Output<typeof proofEndpoints.lookAtProof>> {
  const proof = await db
    .selectFrom('proof')
    .select(['outcome', 'refusedFor', 'endsAt'])
    .where('id', '=', proofId)
    .where('personId', '=', me.personId)
    .where('sessionHash', '=', me.tokenHash)
    .executeTakeFirst()
  if (!proof) throw new AppError('not_found')
  const { outcome, refusedFor, endsAt } = proof
  return { outcome: outcome ?? (endsAt > now() ? 'waiting' : 'over'), refusedFor }
}
