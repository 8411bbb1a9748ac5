import Router from '@koa/router'
import { answerUrlCheck, callbackMostBytes, CallbackRefused, openCallback, parseEvent } from '@vouch/wecom/crypto'
import type { WeComEvent } from '@vouch/wecom'
import type { Context } from 'koa'
import type { Deps } from '../deps.ts'
import { isConnected } from '../config.ts'
import { AppError } from '../errors.ts'
import { createCallbackJournal } from '../contacts/receive-callback-event.ts'
import { createRefusalNotes } from '../setup/note-refused-callback.ts'
import { readBody } from './body.ts'

/** A message signed longer ago, or later than now by as much, is an old one shown again (assurance.md A37). */
const freshMs = 10 * 60_000

/**
 * WeCom's door. Whatever is not WeCom's gets 403 and no reason; the log has it. What is gets stored, and 200 with an
 * empty body; its effect comes later, because WeCom waits no longer than 5 s (wecom-platform.md 4). Without a key nothing
 * can be told from a forgery, so until the company is connected the door says just that.
 */
export function wecomCallback(deps: Deps): Router {
  const { config } = deps
  const router = new Router()
  if (!isConnected(config))
    return router.all('/wecom/callback', () => {
      throw new AppError('wecom_not_set_up')
    })
  const settings = {
    token: config.WECOM_CALLBACK_TOKEN,
    aesKey: config.WECOM_CALLBACK_AES_KEY,
    corpId: config.WECOM_CORP_ID,
  }
  const receive = createCallbackJournal(deps)
  const note = createRefusalNotes(deps)
  const admit = <T>(ctx: Context, open: () => T): T => admitOrTell(deps, ctx, { open, note })

  router.get('/wecom/callback', (ctx) => {
    const text = admit(ctx, () => answerUrlCheck(settings, ctx.query))
    answer(ctx, text)
  })

  router.post('/wecom/callback', async (ctx) => {
    const body = (await readBody(ctx.req, callbackMostBytes)).toString('utf8')
    const xml = admit(ctx, () => openCallback(settings, ctx.query, body))
    const event: WeComEvent = admit(ctx, () => parseEvent(xml))
    await receive(xml, event)
    answer(ctx, '')
  })
  return router
}

/** Opens first, because only a signed time can be believed; then judges the time. */
function admitOrTell<T>(
  { now, log }: Deps,
  ctx: Context,
  { open, note }: { open: () => T; note: (because: string) => void },
): T {
  try {
    const opened = open()
    const sentAt = Number(ctx.query['timestamp']) * 1000
    if (!(Math.abs(now().getTime() - sentAt) <= freshMs)) throw new AppError('bad_signature', { field: 'stale' })
    return opened
  } catch (fault) {
    const because =
      fault instanceof CallbackRefused ? fault.because : fault instanceof AppError ? fault.field : undefined
    if (because === undefined) throw fault
    log.warn({ because }, 'refused a callback')
    note(because)
    throw new AppError(because === 'too_large' ? 'too_large' : 'bad_signature')
  }
}

function answer(ctx: Context, text: string): void {
  ctx.status = 200
  ctx.set('Cache-Control', 'no-store')
  ctx.type = 'text/plain; charset=utf-8'
  ctx.body = text
}
