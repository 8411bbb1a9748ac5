import Router from '@koa/router'
import type { Context } from 'koa'
import { AppError } from '../errors.ts'
import type { Deps } from '../deps.ts'
import { askForNew } from '../evidence/ask-for-new.ts'
import { openLink } from '../evidence/open-link.ts'
import type { Reader } from '../evidence/reader.ts'
import { recordVisit, type Visit } from '../evidence/record-visit.ts'
import { readBody } from './body.ts'
import { createAnswers, createLimit, tokenIn } from './hcp-answer.ts'
import { mountBytes } from './hcp-bytes.ts'
import { doctorHeaders, isPreview } from './hcp-headers.ts'
import { readRemembered, remember } from './hcp-look.ts'
import { readReader } from './hcp-reader.ts'
import { mountRecognition } from './hcp-recognition.ts'
import { mountReports } from './hcp-reports.ts'
import { mountSafety } from './hcp-safety.ts'
import { refuseForeign } from './serve.ts'

export type DoctorDoor = ReturnType<typeof createDoor>

function createDoor(deps: Deps) {
  const limitLooks = createLimit(120)
  const limitTaps = createLimit(30)
  return {
    deps,
    router: new Router({ prefix: '/l' }),
    ...createAnswers(deps),
    limitLooks,
    limitTaps,
    pathOf: (ctx: Context) => `/l/${tokenIn(ctx)}`,
    reader: (ctx: Context): Reader => readReader(ctx, deps),
    /** A POST of the page itself, and not too many of them. */
    async tapped(ctx: Context): Promise<void> {
      refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
      await limitTaps(ctx)
    },
    /** Visits are written when the answer is gone, so that a genuine link is not told from an invented one by its time. */
    afterwards(ctx: Context, visit: Visit | null): void {
      if (!visit) return
      ctx.res.once('close', () => {
        const requestId = ctx.state['requestId']
        recordVisit(deps, visit).catch(() => deps.log.error({ requestId }, 'visit not recorded'))
      })
    },
  }
}

/** The doctor's door: links, recognition by the reader's own tap, page images, and what the page reports back. */
export function hcpDoor(deps: Deps): Router {
  const door = createDoor(deps)
  door.router.use(doctorHeaders(deps))
  mountScript(door)
  mountSafety(door)
  mountRecognition(door)
  mountLink(door)
  mountReports(door)
  mountBytes(door)
  return door.router
}

function mountScript({ router, script }: DoctorDoor): void {
  router.get('/assets/:file', (ctx) => {
    if (!script || ctx.params['file'] !== script.name) throw new AppError('not_found')
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    ctx.type = 'text/javascript'
    ctx.body = script.source
  })
}

function mountLink({ router, deps, page, show, pathOf, reader, limitLooks, tapped, afterwards }: DoctorDoor): void {
  router.get('/:token', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await limitLooks(ctx)
      const { view, visit } = await openLink(deps, reader(ctx), { token: tokenIn(ctx), preview: isPreview(ctx) })
      await show(ctx, pathOf(ctx), view)
      afterwards(ctx, visit)
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
}

function seeOther(ctx: Context, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}
