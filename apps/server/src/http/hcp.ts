import Router from '@koa/router'
import type { Language } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { AppError } from '../errors.ts'
import type { Deps } from '../deps.ts'
import { askForNew } from '../evidence/ask-for-new.ts'
import { openLink } from '../evidence/open-link.ts'
import type { Reader } from '../evidence/reader.ts'
import { recordVisit, type Visit } from '../evidence/record-visit.ts'
import { createAnswers, createLimit, seeOther, tokenIn } from './hcp-answer.ts'
import { mountBytes } from './hcp-bytes.ts'
import { createConsent, mountConsent, type ConsentDoor } from './hcp-consent.ts'
import { doctorHeaders, isPreview } from './hcp-headers.ts'
import { cameFrom, keepLook, languageOf, readRemembered } from './hcp-look.ts'
import { mountMine } from './hcp-mine.ts'
import { readReader } from './hcp-reader.ts'
import { beginRecognition, mountRecognition } from './hcp-recognition.ts'
import { mountReports } from './hcp-reports.ts'
import { mountSafety } from './hcp-safety.ts'
import { refuseForeign } from './serve.ts'

export type DoctorDoor = ReturnType<typeof createBase> & { consent: ConsentDoor }

function createDoor(deps: Deps): DoctorDoor {
  const base = createBase(deps)
  return { ...base, consent: createConsent(base) }
}
export type BaseDoor = ReturnType<typeof createBase>

function createBase(deps: Deps) {
  const reader = (ctx: Context): Reader => readReader(ctx, deps)
  const limitLooks = createLimit(120, reader)
  const limitTaps = createLimit(30, reader)
  return {
    deps,
    router: new Router({ prefix: '/l' }),
    /** The doctor's own pages: whose they are comes from the browser alone, never from an address. */
    own: new Router({ prefix: '/me' }),
    begin: beginRecognition(deps),
    languageOf: (ctx: Context): Language => languageOf(ctx, readRemembered(ctx)),
    ...createAnswers(deps),
    limitLooks,
    limitTaps,
    pathOf: (ctx: Context) => `/l/${tokenIn(ctx)}`,
    reader,
    /** A POST of the page itself, and not too many of them. */
    async tapped(ctx: Context): Promise<void> {
      refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
      await limitTaps(ctx)
    },
    /** Visits are written when the answer is gone, so that a genuine link is not told from an invented one by its time. */
    afterwards(ctx: Context, visit: Visit | null): void {
      if (!visit) return
      const requestId = ctx.state['requestId']
      const record = () => recordVisit(deps, visit).catch(() => deps.log.error({ requestId }, 'visit not recorded'))
      ctx.res.once('close', () => setTimeout(record, 5)) // ms in which the answer is all the way out
    },
  }
}

/** The doctor's door: links, recognition by the reader's own tap, page images, and what the page reports back. */
export function hcpDoor(deps: Deps): Router {
  const door = createDoor(deps)
  door.router.use(doctorHeaders(deps))
  door.own.use(doctorHeaders(deps))
  for (const mount of [mountScript, mountSafety, mountRecognition, mountLink, mountConsent, mountReports, mountBytes])
    mount(door)
  mountMine(door)
  const all = new Router()
  all.use(door.router.routes(), door.own.routes())
  return all
}

function mountScript({ router, script }: DoctorDoor): void {
  router.get('/assets/:file', (ctx) => {
    if (!script || ctx.params['file'] !== script.name) throw new AppError('not_found')
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    ctx.type = 'text/javascript'
    ctx.body = script.source
  })
}

function mountLink(door: DoctorDoor): void {
  const { router, deps, page, show, pathOf, reader, limitLooks, tapped, afterwards, consent } = door
  router.get('/:token', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await limitLooks(ctx)
      const token = tokenIn(ctx)
      const { view, ask, visit } = await openLink(deps, reader(ctx), { token, preview: isPreview(ctx) })
      if (ask) await consent.open(ctx, token, ask)
      else await show(ctx, pathOf(ctx), view)
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
      await keepLook(ctx)
      seeOther(ctx, cameFrom(ctx, pathOf(ctx)))
    }),
  )
}
