import { finishTextSigning } from '../consents/texts/finish-text-signing.ts'
import { finishSigning } from '../content/life/finish-signing.ts'
import { finishProof } from '../people/finish-proof.ts'
import { finishSignIn } from '../people/finish-sign-in.ts'
import type { Face } from '../people/sessions.ts'
import { startSignIn } from '../people/start-sign-in.ts'
import type { Context } from 'koa'
import { asAppError } from '../errors.ts'
import { deviceOf } from './device.ts'
import { readCookie, setCookie } from './cookies.ts'
import { plainPage, provedPage } from './plain-page.ts'
import { sessionCookie, type Door } from './serve.ts'

/** Ties a sign-in to the browser that set out. */
export const browserCookieOf = (face: Face): string => `__Host-vouch_${face}_browser`
export const browserCookieSeconds = 600

/** The two addresses of a sign-in through WeCom: out, with a state bound to this browser, and back. */
export function mountSignIn({ router, deps, sessions }: Door, face: Face): void {
  const browserCookie = browserCookieOf(face)

  router.get(`/api/${face}/sign-in`, (ctx) =>
    orPage(ctx, face, async () => {
      const next = typeof ctx.query['next'] === 'string' ? ctx.query['next'] : undefined
      const { redirectTo, browserToken } = await startSignIn(deps, { face, next })
      setCookie(ctx, browserCookie, browserToken, browserCookieSeconds)
      ctx.redirect(redirectTo)
    }),
  )

  router.get(`/api/${face}/sign-in/return`, (ctx) =>
    orPage(ctx, face, async () => {
      const { code, state } = ctx.query
      const asked = {
        face,
        code: String(code ?? ''),
        state: String(state ?? ''),
        browserToken: readCookie(ctx, browserCookie),
        device: deviceOf(ctx.get('user-agent')),
      }
      const finished = await finishSignIn(deps, sessions, asked)
      if (finished.kind === 'session') {
        setCookie(ctx, sessionCookie(face), finished.token)
        ctx.redirect(finished.next)
        return
      }
      const session = await sessions.find(readCookie(ctx, sessionCookie(face)), face)
      const proof = { personId: finished.personId, sessionHash: session?.tokenHash }
      if (finished.kind === 'proof') {
        provedPage(ctx, await finishProof(deps, finished.proofId, async () => ({ ...proof, by: 'wecom' })))
        return
      }
      const { signingId } = finished
      if (!(await finishTextSigning(deps, signingId, proof))) await finishSigning(deps, signingId, proof)
      ctx.redirect(finished.next)
    }),
  )
}

/** Goes a leg of the way; what keeps somebody from it is a page that says so and leads on. */
async function orPage(ctx: Context, face: Face, go: () => Promise<void>): Promise<void> {
  ctx.set('Cache-Control', 'no-store')
  try {
    await go()
  } catch (fault) {
    const error = asAppError(fault)
    if (error.code === 'internal') throw fault
    // Without WeCom the way in is the console's own page, for a local administrator.
    const again = error.code === 'wecom_not_set_up' && face === 'console' ? '/console/' : `/api/${face}/sign-in`
    plainPage(ctx, error.code, { again, requestId: String(ctx.state['requestId']) })
    ctx.status = error.status
  }
}
