import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../sessions.ts'
import { countAttempt } from './attempts.ts'

/**
 * Counts a try to end the proof that this session of a local administrator began, by whichever second factor. Throws
 * `not_found` when it is not theirs.
 */
export async function tryProof(deps: Deps, me: Session, proofId: string): Promise<{ codeSealed: string }> {
  const own = await deps.db
    .selectFrom('proof')
    .innerJoin('localLogin', 'localLogin.personId', 'proof.personId')
    .select('localLogin.codeSealed')
    .where('proof.id', '=', proofId)
    .where('proof.sessionHash', '=', me.tokenHash)
    .executeTakeFirst()
  if (!own || me.way !== 'local') throw new AppError('not_found')
  await countAttempt(deps, [{ about: `proof ${me.personId}`, tries: 10 }])
  return own
}
