import { localEndpoints as local, proofEndpoints } from '@vouch/contract'
import type { Context } from 'koa'
import { isConnected } from '../config.ts'
import { lookAtInvite } from '../people/local/look-at-invite.ts'
import { countAttempt } from '../people/local/attempts.ts'
import { addPasskey } from '../people/local/passkeys/add-passkey.ts'
import { askForPasskey } from '../people/local/passkeys/ask-for-passkey.ts'
import { beginPasskey } from '../people/local/passkeys/begin-passkey.ts'
import { listPasskeys } from '../people/local/passkeys/list-passkeys.ts'
import { proveByPasskey } from '../people/local/passkeys/prove-by-passkey.ts'
import { removePasskey } from '../people/local/passkeys/remove-passkey.ts'
import { proveByCode } from '../people/local/prove-by-code.ts'
import { setUpLocal } from '../people/local/set-up-local.ts'
import { type AskedSignIn, signInLocal } from '../people/local/sign-in-local.ts'
import { newToken } from '../secrets.ts'
import { readCookie, setCookie } from './cookies.ts'
import { deviceOf } from './device.ts'
import { serve, serveAnyone, sessionCookie, type Door } from './serve.ts'
import { browserCookieSeconds } from './sign-in.ts'

/** Tells a browser from which a local administrator got in before; it opens nothing. */
const knownCookie = '__Host-vouch_console_known'
const knownSeconds = 180 * 86_400
/** Ties the challenge of a sign-in to the browser that asked for it. */
const passkeyCookie = '__Host-vouch_console_passkey'

/** The way in without WeCom: for the first set-up and for emergencies. */
export function mountLocal(door: Door): void {
  const { deps, sessions } = door
  serveAnyone(door, local.signInWays, async () => ({ wecom: isConnected(deps.config) }))
  serveAnyone(door, local.lookAtInvite, (asked) => lookAtInvite(deps, asked.token))
  serveAnyone(door, local.setUpLocal, async (asked, ctx) => {
    const { answer, token } = await setUpLocal(deps, sessions, { ...asked, device: deviceOf(ctx.get('user-agent')) })
    if (token) setCookie(ctx, sessionCookie('console'), token)
    return answer
  })
  serveAnyone(door, local.askForPasskey, async (_, ctx) => {
    await countAttempt(deps, [{ about: `passkey at address ${ctx.ip}`, tries: 30 }])
    const from = newToken()
    setCookie(ctx, passkeyCookie, from, browserCookieSeconds)
    return askForPasskey(deps, { to: 'sign_in', from })
  })
  serveAnyone(door, local.signInLocal, ({ code, ...asked }, ctx) => enter(door, ctx, { ...asked, second: { code } }))
  serveAnyone(door, local.signInByPasskey, ({ passkey, ...asked }, ctx) =>
    enter(door, ctx, { ...asked, second: { passkey, browserToken: readCookie(ctx, passkeyCookie) ?? '' } }),
  )
  serve(door, proofEndpoints.proveByCode, (me, asked) => proveByCode(deps, me, asked))
  serve(door, proofEndpoints.askForProofPasskey, (me) => askForPasskey(deps, { to: 'prove', from: me.tokenHash }))
  serve(door, proofEndpoints.proveByPasskey, (me, asked) => proveByPasskey(deps, me, asked))
  serve(door, local.listPasskeys, (me) => listPasskeys(deps, me))
  serve(door, local.beginPasskey, (me) => beginPasskey(deps, me))
  serve(door, local.addPasskey, (me, asked) => addPasskey(deps, me, asked))
  serve(door, local.removePasskey, (me, asked) => removePasskey(deps, me, asked.passkeyId))
}

/** Signs in, and lets the browser be known from then on. */
async function enter({ deps, sessions }: Door, ctx: Context, asked: AskedSignIn): Promise<{ done: true }> {
  const known = deps.secrets.openCookie(readCookie(ctx, knownCookie) ?? '')
  const knownAs = known?.startsWith('known ') ? known.slice(6) : undefined
  const came = { device: deviceOf(ctx.get('user-agent')), address: ctx.ip, knownAs }
  const { token, personId } = await signInLocal(deps, sessions, { ...asked, ...came })
  setCookie(ctx, sessionCookie('console'), token)
  setCookie(ctx, knownCookie, deps.secrets.signCookie(`known ${personId}`), knownSeconds)
  return { done: true }
}
