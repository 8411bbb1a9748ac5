import { localEndpoints as local, proofEndpoints } from '@vouch/contract'
import type { Context } from 'koa'
import { lookAtInvite } from '../people/local/look-at-invite.ts'
import { proveByCode } from '../people/local/prove-by-code.ts'
import { setUpLocal } from '../people/local/set-up-local.ts'
import { signInLocal } from '../people/local/sign-in-local.ts'
import { readCookie, setCookie } from './cookies.ts'
import { deviceOf } from './device.ts'
import { serve, serveAnyone, sessionCookie, type Door } from './serve.ts'

/** Tells a browser from which a local administrator got in before; it opens nothing. */
const knownCookie = '__Host-vouch_console_known'
const knownSeconds = 180 * 86_400

/** The way in without WeCom: for the first set-up and for emergencies. */
export function mountLocal(door: Door): void {
  const { deps, sessions } = door
  const device = (ctx: Context) => deviceOf(ctx.get('user-agent'))
  serveAnyone(door, local.signInWays, async () => ({ wecom: deps.config.WECOM_CORP_ID !== '' }))
  serveAnyone(door, local.lookAtInvite, (asked) => lookAtInvite(deps, asked.token))
  serveAnyone(door, local.setUpLocal, async (asked, ctx) => {
    const { answer, token } = await setUpLocal(deps, sessions, { ...asked, device: device(ctx) })
    if (token) setCookie(ctx, sessionCookie('console'), token)
    return answer
  })
  serveAnyone(door, local.signInLocal, async (asked, ctx) => {
    const known = deps.secrets.openCookie(readCookie(ctx, knownCookie) ?? '')
    const knownAs = known?.startsWith('known ') ? known.slice(6) : undefined
    const came = { device: device(ctx), address: ctx.ip, knownAs }
    const { token, personId } = await signInLocal(deps, sessions, { ...asked, ...came })
    setCookie(ctx, sessionCookie('console'), token)
    setCookie(ctx, knownCookie, deps.secrets.signCookie(`known ${personId}`), knownSeconds)
    return { done: true as const }
  })
  serve(door, proofEndpoints.proveByCode, (me, asked) => proveByCode(deps, me, asked))
}
