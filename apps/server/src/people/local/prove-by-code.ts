import type { Input, Output, proofEndpoints } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { finishProof } from '../finish-proof.ts'
import type { Session } from '../sessions.ts'
import { spendCode } from './local-queries.ts'
import { tryProof } from './try-proof.ts'

type Endpoint = typeof proofEndpoints.proveByCode

/** A local administrator proves who they are with the next code of their authenticator; every try is on record. */
export async function proveByCode(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { codeSealed } = await tryProof(deps, me, asked.proofId)
  const { code } = asked
  const given = { personId: me.personId, secret: deps.secrets.unseal(codeSealed), code, at: deps.now() }
  const outcome = await finishProof(deps, asked.proofId, async (trx) => {
    const by = await spendCode(trx, given)
    return { personId: by ? me.personId : undefined, sessionHash: me.tokenHash, by: by ?? 'totp' }
  })
  return { outcome }
}
