import Router from '@koa/router'
import type { Context } from 'koa'
import * as z from 'zod'
import { openPageImage } from '../content/page-image.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { askForNew } from '../evidence/ask-for-new.ts'
import { finishRecognition } from '../evidence/finish-recognition.ts'
import { openLink } from '../evidence/open-link.ts'
import { openVideo } from '../evidence/open-video.ts'
import { loadReadableLink } from '../evidence/reader.ts'
import { recordOpening } from '../evidence/record-opening.ts'
import { recordPageViews } from '../evidence/record-page-views.ts'
import { recordVisit, type Visit } from '../evidence/record-visit.ts'
import { startRecognition } from '../evidence/start-recognition.ts'
import { readBody, readJson } from './body.ts'
import { readCookie, setCookie } from './cookies.ts'
import { createAnswers, createLimit, tokenIn } from './hcp-answer.ts'
import { doctorHeaders, isPreview, rangeOf } from './hcp-headers.ts'
import { readRemembered, remember } from './hcp-look.ts'
import { readReader, rememberReader } from './hcp-reader.ts'
import { refuseForeign } from './serve.ts'

const browserCookie = '__Host-vouch_hcp_state'

const opened = z.strictObject({ openingId: z.uuid() })
/** Looks as [page, id, milliseconds]: at least two seconds, at most ten minutes. */
const look = z.tuple([z.int().min(1).max(2_000), z.uuid(), z.int().min(2_000).max(600_000)])
const read = z.strictObject({ views: z.array(look).min(1).max(60) })

/** The doctor's door: links, recognition by the reader's own tap, page images, and what the page reports back. */
export function hcpDoor(deps: Deps): Router {
  const router = new Router({ prefix: '/l' })
  const { script, show, page } = createAnswers(deps)
  const limitLooks = createLimit(120)
  const limitTaps = createLimit(30)
  const pathOf = (ctx: Context) => `/l/${tokenIn(ctx)}`
  const reader = (ctx: Context) => readReader(ctx, deps)

  /** Visits are written when the answer is gone, so that a genuine link is not told from an invented one by its time. */
  const afterwards = (ctx: Context, visit: Visit | null) => {
    if (!visit) return
    ctx.res.once('close', () => {
      recordVisit(deps, visit).catch(() => deps.log.error({ requestId: ctx.state['requestId'] }, 'visit not recorded'))
    })
  }
  /** A POST of the page itself, and not too many of them. */
  const tapped = async (ctx: Context) => {
    refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
    await limitTaps(ctx)
  }

  router.use(doctorHeaders(deps))

  router.get('/assets/:file', (ctx) => {
    if (!script || ctx.params['file'] !== script.name) throw new AppError('not_found')
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    ctx.type = 'text/javascript'
    ctx.body = script.source
  })

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

  router.get('/:token', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await limitLooks(ctx)
      const { view, visit } = await openLink(deps, reader(ctx), { token: tokenIn(ctx), preview: isPreview(ctx) })
      await show(ctx, pathOf(ctx), view)
      afterwards(ctx, visit)
    }),
  )

  router.post('/:token/recognise', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await tapped(ctx)
      const asked = { token: tokenIn(ctx), browserToken: readCookie(ctx, browserCookie) }
      const { redirectTo, browserToken } = await startRecognition(deps, asked)
      setCookie(ctx, browserCookie, browserToken, 600)
      ctx.redirect(redirectTo)
    }),
  )

  router.post('/:token/ask-new', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await tapped(ctx)
      await askForNew(deps, reader(ctx), { token: tokenIn(ctx) })
      seeOther(ctx, pathOf(ctx))
    }),
  )

  router.post('/:token/look', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await tapped(ctx)
      const asked = new URLSearchParams((await readBody(ctx.req, 200)).toString('utf8'))
      const { size, saver, language } = readRemembered(ctx)
      const chosen = { size: asked.get('size') ?? size, saver: asked.get('saver') ?? saver }
      remember(ctx, {
        size: chosen.size === 'large' ? 'large' : 'normal',
        saver: chosen.saver === 'on' || chosen.saver === 'off' ? chosen.saver : 'auto',
        language,
      })
      seeOther(ctx, pathOf(ctx))
    }),
  )

  router.post('/:token/opened', async (ctx) => {
    await tapped(ctx)
    const { openingId } = parse(opened, await readJson(ctx.req, 200))
    await recordOpening(deps, reader(ctx), { token: tokenIn(ctx), openingId })
    ctx.status = 204
  })

  router.post('/:token/read', async (ctx) => {
    await tapped(ctx)
    const { views } = parse(read, await readJson(ctx.req, 8 * 1024))
    const told = views.map(([number, viewId, visibleMs]) => ({ page: number, viewId, visibleMs }))
    await recordPageViews(deps, reader(ctx), { token: tokenIn(ctx), views: told })
    ctx.status = 204
  })

  // `no-cache`: a browser may keep an image but must ask before each use, so a withdrawal is in force at once.
  router.get('/:token/pages/:number/:width.webp', async (ctx) => {
    const asked = { number: Number(ctx.params['number']), width: Number(ctx.params['width']) }
    const link = await loadReadableLink(deps, reader(ctx), tokenIn(ctx))
    if (!Number.isInteger(asked.number)) throw new AppError('not_found')
    const etag = `"${(link.fileHash ?? '').slice(0, 32)}-${asked.number}-${asked.width}"`
    ctx.set('Cache-Control', 'private, no-cache')
    ctx.set('ETag', etag)
    if (ctx.get('if-none-match') === etag) {
      ctx.status = 304
      return
    }
    const { stream, bytes, mime } = await openPageImage(deps, { contentItemId: link.contentItemId, ...asked })
    ctx.type = mime
    ctx.length = bytes
    ctx.body = stream
  })

  router.get('/:token/video', async (ctx) => {
    const range = (bytes: number) => rangeOf(ctx.get('range'), bytes)
    const part = await openVideo(deps, reader(ctx), { token: tokenIn(ctx), range })
    ctx.set('Accept-Ranges', 'bytes')
    ctx.type = part.mime
    if (part.range) {
      ctx.status = 206
      ctx.set('Content-Range', `bytes ${part.range.start}-${part.range.end}/${part.bytes}`)
    }
    ctx.length = part.range ? part.range.end - part.range.start + 1 : part.bytes
    ctx.body = part.stream
  })

  return router
}

function seeOther(ctx: Context, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}

function parse<T>(shape: z.ZodType<T>, given: unknown): T {
  const parsed = shape.safeParse(given)
  if (!parsed.success) throw new AppError('bad_request', { field: 'body' })
  return parsed.data
}
