import type { Readable } from 'node:stream'
import type Router from '@koa/router'
import {
  accountEndpoints,
  bulkEndpoints,
  checkEndpoints,
  companyEndpoints,
  consentEndpoints,
  consoleEndpoints,
  contactCodeEndpoints,
  contactEndpoints,
  contentEndpoints,
  importEndpoints,
  matchingEndpoints,
  matchOfficeEndpoints,
  auditEndpoints,
  homeEndpoints,
  noticeEndpoints,
  policyEndpoints,
  peopleEndpoints,
  localEndpoints,
  sessionEndpoints,
  proofEndpoints,
  readerEndpoints,
  repEndpoints,
  reportEndpoints,
  requestEndpoints,
  safetyEndpoints,
  searchEndpoints,
  sendEndpoints,
  settingsEndpoints,
  uploadEndpoints,
  vaultEndpoints,
  viewEndpoints,
  webhookEndpoints,
  welcomeEndpoints,
  withdrawalEndpoints,
  type Endpoint,
  type Input,
  type Output,
} from '@vouch/contract'
import type { Context } from 'koa'
import type * as z from 'zod/mini'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Face, Session, Sessions } from '../people/sessions.ts'
import { readCookie } from './cookies.ts'
import { readJson } from './body.ts'
import type { Metrics } from './health.ts'
import type { Limits } from './limits.ts'
import { allowedAt, letIn } from './route-roles.ts'

export const sessionCookie = (face: Face): string => `__Host-vouch_${face}`

export type Door = { router: Router; deps: Deps; sessions: Sessions; metrics: Metrics; limits: Limits }

/** What a module of the contract declares to be called; shapes stand beside it. */
const endpointsOf = (module: object): Endpoint[] =>
  Object.values(module).filter((one): one is Endpoint => typeof one === 'object' && 'caller' in one && 'path' in one)

/** All endpoints of the contract: the authorisation table. A route of ours that is not in it does not exist. */
export const endpointTable: Endpoint[] = [
  ...[
    repEndpoints,
    matchingEndpoints,
    matchOfficeEndpoints,
    consoleEndpoints,
    contactCodeEndpoints,
    welcomeEndpoints,
    contactEndpoints,
    contentEndpoints,
    bulkEndpoints,
    searchEndpoints,
    sendEndpoints,
  ],
  ...[
    checkEndpoints,
    auditEndpoints,
    homeEndpoints,
    noticeEndpoints,
    companyEndpoints,
    policyEndpoints,
    peopleEndpoints,
    localEndpoints,
    sessionEndpoints,
    proofEndpoints,
    accountEndpoints,
    consentEndpoints,
    uploadEndpoints,
    withdrawalEndpoints,
    readerEndpoints,
    vaultEndpoints,
    importEndpoints,
    safetyEndpoints,
    reportEndpoints,
    requestEndpoints,
    viewEndpoints,
    settingsEndpoints,
    webhookEndpoints,
  ],
].flatMap(endpointsOf)

/**
 * Lets somebody in who is signed in and holds a role that the authorisation table names for this route; a rep's session is
 * opened for reps alone and ends with the role. Throws at start when the table does not know a route of the console.
 */
export function guard(
  { deps, sessions }: Pick<Door, 'deps' | 'sessions'>,
  face: Face,
  { method, path }: { method: string; path: string },
): (ctx: Context) => Promise<Session> {
  const allowed = face === 'console' ? allowedAt(`${method} ${path}`) : undefined
  return async (ctx) => {
    const session = await sessions.find(readCookie(ctx, sessionCookie(face)), face)
    if (!session) throw new AppError('not_signed_in')
    ctx.state['actorId'] = session.personId
    return allowed ? letIn(deps, session, allowed) : { ...session, roles: ['rep'] }
  }
}

/**
 * Mounts one endpoint: who may call it, where from, how large, what shape; then the use case. The answer is never
 * cached, because it belongs to one person.
 */
export function serve<E extends Endpoint>(
  door: Door,
  endpoint: E,
  use: (session: Session, asked: Input<E>, ctx: Context) => Promise<Output<E>>,
): void {
  mount(door, endpoint, async (session, asked, ctx) => {
    const answer = await use(session, asked, ctx)
    ctx.type = 'application/json'
    ctx.body = JSON.stringify(answer)
  })
}

/** The same for a table that leaves while it is written. A fault on the way breaks it off; it then has no last line. */
export function serveTable<E extends Endpoint>(
  door: Door,
  endpoint: E,
  use: (session: Session, asked: Input<E>) => Promise<Readable>,
): void {
  mount(door, endpoint, async (session, asked, ctx) => {
    const table = await use(session, asked)
    ctx.set('Content-Type', 'text/csv; charset=utf-8')
    ctx.body = table
  })
}

function mount<E extends Endpoint>(
  { router, deps, sessions, limits }: Door,
  endpoint: E,
  answer: (session: Session, asked: Input<E>, ctx: Context) => Promise<void>,
): void {
  const enter = guard({ deps, sessions }, endpoint.caller === 'console' ? 'console' : 'rep', endpoint)
  router.register(endpoint.path, [endpoint.method], async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    refuseForeign(ctx, endpoint.method, deps.config.PUBLIC_URL)
    const session = await enter(ctx)
    const given = endpoint.method === 'GET' ? {} : await readJson(ctx.req, endpoint.bodyLimit)
    await limits.checkMisses(session.personId)
    await answer(session, parseInput(endpoint, given), ctx).catch(async (fault: unknown) => {
      if (fault instanceof AppError) await limits.countMiss(session.personId, fault.code)
      throw fault
    })
  })
}

/** Mounts an endpoint for somebody who is not signed in: the same but for the session, with limits of its own. */
export function serveAnyone<E extends Endpoint>(
  { router, deps }: Door,
  endpoint: E,
  use: (asked: Input<E>, ctx: Context) => Promise<Output<E>>,
): void {
  router.register(endpoint.path, [endpoint.method], async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    refuseForeign(ctx, endpoint.method, deps.config.PUBLIC_URL)
    const given = endpoint.method === 'GET' ? {} : await readJson(ctx.req, endpoint.bodyLimit)
    ctx.type = 'application/json'
    ctx.body = JSON.stringify(await use(parseInput(endpoint, given), ctx))
  })
}

/** Requests of other sites carry their own origin or say `cross-site`; ours carry the public address (A10, A31). */
export function refuseForeign(ctx: Context, method: string, publicUrl: string): void {
  if (method !== 'GET' && ctx.get('origin') !== new URL(publicUrl).origin) throw new AppError('wrong_origin')
  const site = ctx.get('sec-fetch-site')
  if (site === 'cross-site') throw new AppError('wrong_origin')
}

function parseInput<E extends Endpoint>(endpoint: E, given: unknown): Input<E> {
  const parsed = (endpoint.input as z.ZodMiniType).safeParse(given)
  if (parsed.success) return parsed.data as Input<E> // the endpoint's own input schema
  const issue = parsed.error.issues[0]
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  throw new AppError('bad_request', { field: unknown ?? (issue?.path.join('.') || 'body') })
}
