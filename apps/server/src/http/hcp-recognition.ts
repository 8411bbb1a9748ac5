import { finishRecognition } from '../evidence/finish-recognition.ts'
import { startRecognition } from '../evidence/start-recognition.ts'
import { readCookie, setCookie } from './cookies.ts'
import type { DoctorDoor } from './hcp.ts'
import { tokenIn } from './hcp-answer.ts'
import { rememberReader } from './hcp-reader.ts'

const browserCookie = '__Host-vouch_hcp_state'

/** The reader's own tap out to WeChat, and the way back. */
export function mountRecognition({ router, deps, page, show, pathOf, tapped, afterwards }: DoctorDoor): void {
  router.post('/:token/recognise', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await tapped(ctx)
      const asked = { token: tokenIn(ctx), browserToken: readCookie(ctx, browserCookie) }
      const { redirectTo, browserToken } = await startRecognition(deps, asked)
      setCookie(ctx, browserCookie, browserToken, 600)
      ctx.redirect(redirectTo)
    }),
  )

  router.get('/return', (ctx) =>
    page(ctx, '', async () => {
      const { code, state } = ctx.query
      const asked = {
        code: String(code ?? ''),
        state: String(state ?? ''),
        browserToken: readCookie(ctx, browserCookie),
      }
      const found = await finishRecognition(deps, asked)
      const now = deps.now()
      if (found.who === 'contact') {
        rememberReader(ctx, deps, found.externalUserId)
        return ctx.redirect(found.path)
      }
      if (found.who === 'nobody') {
        await show(ctx, found.path, { page: 'trouble', what: found.why, now })
        ctx.status = { bad_state: 400, not_recognised: 401, wecom_unavailable: 503 }[found.why]
        return
      }
      await show(ctx, found.path, { page: 'other_reader', who: found.who, now })
      afterwards(ctx, found.visit)
    }),
  )
}
