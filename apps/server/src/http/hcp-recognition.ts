import type { Context } from 'koa'
import { finishRecognition, type Recognised } from '../evidence/finish-recognition.ts'
import { startRecognition } from '../evidence/start-recognition.ts'
import type { Wanted } from '../evidence/wanted.ts'
import type { Deps } from '../deps.ts'
import { readCookie, setCookie } from './cookies.ts'
import type { DoctorDoor } from './hcp.ts'
import { seeOther } from './hcp-answer.ts'
import { settleAnswer } from './hcp-consent.ts'
import { settleWithdrawal } from './hcp-mine.ts'
import { rememberReader } from './hcp-reader.ts'
import { settleErasure } from './hcp-requests.ts'

const browserCookie = '__Host-vouch_hcp_state'

/** Sends the reader out to WeChat; `wanted` is done when it has answered. */
export function beginRecognition(deps: Deps) {
  return async (ctx: Context, path: string, wanted?: Wanted): Promise<void> => {
    const asked = { path, browserToken: readCookie(ctx, browserCookie), ...(wanted ? { wanted } : {}) }
    const { redirectTo, browserToken } = await startRecognition(deps, asked)
    setCookie(ctx, browserCookie, browserToken, 600)
    ctx.redirect(redirectTo)
  }
}

/** The reader's own tap out to WeChat, and the way back. */
export function mountRecognition(door: DoctorDoor): void {
  const { router, own, deps, page, pathOf, tapped, begin } = door
  router.post('/:token/recognise', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await tapped(ctx)
      await begin(ctx, pathOf(ctx))
    }),
  )

  own.post('/recognise', (ctx) =>
    page(ctx, '/me', async () => {
      await tapped(ctx)
      await begin(ctx, '/me')
    }),
  )

  router.get('/return', (ctx) =>
    page(ctx, '', async () => {
      const { code, state } = ctx.query
      const browserToken = readCookie(ctx, browserCookie)
      const asked = { code: String(code ?? ''), state: String(state ?? ''), browserToken }
      const found = await finishRecognition(deps, asked)
      if (found.who !== 'contact') return notRecognised(door, ctx, found)
      rememberReader(ctx, deps, found.externalUserId)
      await goOn(door, ctx, found)
    }),
  )
}

/** What was tapped before WeChat was asked is done now; a fault leads back to the page it was tapped on. */
async function goOn(door: DoctorDoor, ctx: Context, found: Extract<Recognised, { who: 'contact' }>): Promise<void> {
  const { wanted, path } = found
  if (wanted === null) return ctx.redirect(path)
  await door.page(ctx, path, async () => {
    if (wanted.act === 'answer') return settleAnswer(door, ctx, found, wanted.given)
    if (wanted.act === 'withdraw') return settleWithdrawal(door, ctx, found.externalUserId, wanted.purposes)
    await settleErasure(door, ctx, found.externalUserId, wanted.requestId)
    seeOther(ctx, path)
  })
}

async function notRecognised(
  { deps, show, afterwards }: DoctorDoor,
  ctx: Context,
  found: Exclude<Recognised, { who: 'contact' }>,
): Promise<void> {
  const now = deps.now()
  if (found.who === 'nobody') {
    await show(ctx, found.path, { page: 'trouble', what: found.why, now })
    ctx.status = { bad_state: 400, not_recognised: 401, wecom_unavailable: 503 }[found.why]
    return
  }
  if (found.path.startsWith('/me')) return show(ctx, '/me', { page: 'own_door', who: found.who })
  await show(ctx, found.path, { page: 'other_reader', who: found.who, now })
  afterwards(ctx, found.visit)
}
