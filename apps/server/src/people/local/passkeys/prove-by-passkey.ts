import type { Input, Output, proofEndpoints } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import { finishProof } from '../../finish-proof.ts'
import type { Session } from '../../sessions.ts'
import { tryProof } from '../try-proof.ts'
import { usePasskey, weighPasskey } from './show-passkey.ts'

type Endpoint = typeof proofEndpoints.proveByPasskey

/** A local administrator proves who they are with a passkey that was asked for in this session; every try is on record. */
export async function proveByPasskey(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await tryProof(deps, me, asked.proofId)
  const shown = await weighPasskey(deps, me.personId, asked.passkey)
  const attempt = { to: 'prove' as const, from: me.tokenHash }
  const outcome = await finishProof(deps, asked.proofId, async (trx) => {
    const passkeyId = await usePasskey(trx, deps, { shown, attempt, at: deps.now() })
    return { personId: passkeyId ? me.personId : undefined, sessionHash: me.tokenHash, by: 'passkey' }
  })
  return { outcome }
}
