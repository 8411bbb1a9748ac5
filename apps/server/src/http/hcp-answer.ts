import { createHash } from 'node:crypto'
import type { View } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Deps } from '../deps.ts'
import { AppError, asAppError } from '../errors.ts'
import type { Reader } from '../evidence/reader.ts'
import { createDraw } from './hcp-draw.ts'
import { languageOf, lookOf, readRemembered } from './hcp-look.ts'
import { readScript } from './hcp-script.ts'

const tokenShape = /^[\w-]{20,80}$/

/** Answers doctors with whole pages; a fault is a page as well, because nobody reads JSON in a chat. */
export function createAnswers(deps: Deps) {
  const script = readScript()
  const draw = createDraw(deps)

  async function show(ctx: Context, path: string, view: View): Promise<void> {
    const remembered = readRemembered(ctx)
    ctx.type = 'html'
    ctx.body = await draw({
      ...{ path, view },
      language: languageOf(ctx, remembered),
      look: lookOf(ctx, remembered),
      script: script && `/l/assets/${script.name}`,
    })
  }

  /** Runs what a page needs; whatever is thrown becomes a page that says so and leads on. */
  async function page(ctx: Context, path: string, draw: () => Promise<void>): Promise<void> {
    try {
      await draw()
    } catch (fault) {
      const { code, status, retryAfterMs } = asAppError(fault)
      if (status >= 500)
        deps.log.error({ requestId: ctx.state['requestId'], code, fault: faultName(fault) }, 'page failed')
      if (status === 503 || status === 429) ctx.set('Retry-After', String(Math.ceil((retryAfterMs ?? 1_000) / 1_000)))
      const asked = code === 'wecom_not_set_up' ? 'wecom_unavailable' : code // all the same to a doctor
      const what =
        asked === 'busy' || asked === 'wecom_unavailable' || asked === 'too_many_requests' ? asked : 'internal'
      if (code === 'link_not_live' || code === 'send_not_found') return ctx.redirect(path)
      await show(ctx, path, { page: 'trouble', what, now: deps.now() })
      ctx.status = status
    }
  }

  return { script, show, page }
}

const faultName = (fault: unknown): string => (fault instanceof Error ? fault.name : typeof fault)

/** A link's token as it may be repeated in an address; anything else is cut down to something harmless. */
export function tokenIn(ctx: Context): string {
  const token = String(ctx.params['token'] ?? '')
  return tokenShape.test(token) ? token : 'unknown'
}

/** At most so many requests a minute for one link from one browser, or from one address of browsers not known; beyond it `too_many_requests`. */
export function createLimit(points: number, reader: (ctx: Context) => Reader) {
  const limiter = new RateLimiterMemory({ points, duration: 60 })
  return async (ctx: Context): Promise<void> => {
    const key = createHash('sha256')
      .update(`${ctx.ip} ${tokenIn(ctx)} ${reader(ctx) ?? ''}`)
      .digest('base64url')
    const refused = await limiter.consume(key).then(
      () => false,
      () => true,
    )
    if (refused) throw new AppError('too_many_requests', { retryAfterMs: 60_000 })
  }
}

/** After a tap the page is asked for anew, so that loading it again taps nothing twice. */
export function seeOther(ctx: Context, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}
