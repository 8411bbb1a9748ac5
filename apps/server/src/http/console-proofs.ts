import { proofEndpoints as proofs } from '@vouch/contract'
import { beginProof } from '../people/begin-proof.ts'
import { lookAtProof } from '../people/look-at-proof.ts'
import { startSignIn } from '../people/start-sign-in.ts'
import { setCookie } from './cookies.ts'
import { serve, type Door } from './serve.ts'
import { browserCookieOf, browserCookieSeconds } from './sign-in.ts'

/** Proving again who one is, before what must not be done with a session alone. */
export function mountProofs(door: Door): void {
  const { deps } = door
  serve(door, proofs.beginProof, async (me, _, ctx) => {
    const { proofId, endsAt } = await beginProof(deps, me)
    if (me.way === 'local') return { proofId, endsAt, wecomUrl: null }
    const { redirectTo, browserToken } = await startSignIn(deps, { face: 'console', next: undefined, proofId })
    setCookie(ctx, browserCookieOf('console'), browserToken, browserCookieSeconds)
    return { proofId, endsAt, wecomUrl: redirectTo }
  })
  serve(door, proofs.lookAtProof, (me, asked) => lookAtProof(deps, me, asked.proofId))
}
