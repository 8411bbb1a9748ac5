import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from './sessions.ts'

/** How long a proof of who somebody is counts for what must not be done with a session alone. */
export const freshProofMs = 10 * 60_000

/**
 * For exports of personal data and for acts that cannot be taken back: signing in or a proof since is at most 10 min
 * ago. Throws `proof_needed`; the console then asks for one and repeats the call.
 */
export async function requireFreshProof({ db, now }: Pick<Deps, 'db' | 'now'>, me: Session): Promise<void> {
  const session = await db
    .selectFrom('session')
    .select(['signedInAt', 'provedAt'])
    .where('tokenHash', '=', me.tokenHash)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (!session) throw new AppError('not_signed_in')
  const provedAt = session.provedAt ?? session.signedInAt
  if (now().getTime() - provedAt.getTime() > freshProofMs) throw new AppError('proof_needed')
}
