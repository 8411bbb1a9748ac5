import { randomUUID } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import compress from 'koa-compress'
import { createSessions } from '../people/sessions.ts'
import type { Deps } from '../deps.ts'
import { consoleDoor } from './console.ts'
import { answerErrors } from './errors.ts'
import { hcpDoor } from './hcp.ts'
import { secureHeaders } from './headers.ts'
import { createMetrics, healthDoor, measure } from './health.ts'
import { createLimits } from './limits.ts'
import { pagesDoor } from './pages.ts'
import { repDoor } from './rep.ts'
import { verifyFileDoor } from './verify-file.ts'
import { wecomCallback } from './wecom-callback.ts'

export type AppOptions = { folders: { sidebar: string; console: string }; stopping?: () => boolean }

/** The whole server as one Koa application; main.ts listens, tests call it directly. */
export function createApp(deps: Deps, { folders, stopping = () => false }: AppOptions): { app: Koa; router: Router } {
  // Of a list that anybody may begin, only what our own proxies added is believed.
  const proxies = deps.config.PUBLIC_PROXIES
  const app = new Koa({ proxy: proxies > 0, maxIpsCount: proxies })
  const metrics = createMetrics()
  const router = new Router()
  const door = { router, deps, sessions: createSessions(deps), metrics, limits: createLimits() }

  app.use(async (ctx, next) => {
    const requestId = randomUUID()
    const begun = performance.now()
    ctx.state['requestId'] = requestId
    ctx.set('X-Request-Id', requestId)
    await next()
    // One line a request, ids only. The route is the template, because addresses may hold tokens.
    const route = typeof ctx['_matchedRoute'] === 'string' ? ctx['_matchedRoute'] : 'none'
    deps.log.info(
      {
        requestId,
        route,
        method: ctx.method,
        status: ctx.status,
        ms: Math.round(performance.now() - begun),
        actor: ctx.state['actorId'],
      },
      'request',
    )
  })
  app.use(measure(metrics))
  app.use(secureHeaders)
  app.use(compress({ threshold: 1_400, br: { params: { 1: 4 } } as never, deflate: false }))
  app.use(answerErrors(deps))
  app.use(async (ctx, next) => {
    // Stopping: what arrives on an open connection is still served, and the connection ends with it.
    if (stopping()) ctx.set('Connection', 'close')
    await next()
  })

  repDoor(door)
  consoleDoor(door)
  healthDoor(router, deps, metrics, stopping)
  pagesDoor(router, deps, folders)
  verifyFileDoor(router, deps)
  const doctors = hcpDoor(deps)
  const callback = wecomCallback(deps)
  app.use(callback.routes()) // first, because it has the least time
  app.use(router.routes())
  app.use(doctors.routes())
  app.on('error', (fault: { code?: unknown }) => deps.log.warn({ code: fault.code }, 'connection fault'))
  return { app, router }
}
