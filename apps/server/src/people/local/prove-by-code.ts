import type { Input, Output, proofEndpoints } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { finishProof } from '../finish-proof.ts'
import type { Session } from '../sessions.ts'
import { countAttempt } from './attempts.ts'
import { spendCode } from './local-queries.ts'

type Endpoint = typeof proofEndpoints.proveByCode

/** A local administrator proves who they are with the next code of their authenticator; every try is on record. */
export async function proveByCode(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db, now, secrets } = deps
  const login = await db
    .selectFrom('localLogin')
    .select('codeSealed')
    .where('personId', '=', me.personId)
    .executeTakeFirst()
  const own = await db
    .selectFrom('proof')
    .select('id')
    .where('id', '=', asked.proofId)
    .where('sessionHash', '=', me.tokenHash)
    .executeTakeFirst()
  if (!own || !login || me.way !== 'local') throw new AppError('not_found')
  await countAttempt(deps, [{ about: `proof ${me.personId}`, tries: 10 }])
  const { code } = asked
  const given = { personId: me.personId, secret: secrets.unseal(login.codeSealed), code, at: now() }
  const outcome = await finishProof(deps, asked.proofId, async (trx) => {
    const by = await spendCode(trx, given)
    return { personId: by ? me.personId : undefined, sessionHash: me.tokenHash, by: by ?? 'totp' }
  })
  return { outcome }
}
