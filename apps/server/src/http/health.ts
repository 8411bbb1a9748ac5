import type Router from '@koa/router'
import { checkIds, type Output, type repEndpoints } from '@vouch/contract'
import { sql } from 'kysely'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Context, Next } from 'koa'
import type { Deps } from '../deps.ts'
import { benchOf } from '../setup/checks/create-bench.ts'
import { createExaminer } from '../setup/checks/examine.ts'
import { checks } from '../setup/checks/registry.ts'
import { readings } from './readings.ts'

/** A node whose clock is further from the database's than this is not ready (assurance.md F9). */
const driftMs = 1_000
/** However often details are asked for, the database is asked once in this time. */
const keptMs = 2_000
/** A store of files that has not answered by then is away. */
const filesMs = 1_000

/** Numbers of one instance in Prometheus text; labels are route templates and codes, never ids. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'vouch_request_seconds',
    help: 'Time to answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.15, 0.4, 1, 3],
    registers: [registry],
  })
  const decisions = new Counter({
    name: 'vouch_send_decisions_total',
    help: 'Sends decided, by outcome and reason',
    labelNames: ['outcome', 'reason'],
    registers: [registry],
  })
  const jobAge = new Gauge({
    name: 'vouch_job_age_seconds',
    help: 'Time since a job last ended well',
    labelNames: ['job'],
    registers: [registry],
  })
  const read = readings.map(({ name, help, read }) => ({
    ...{ read, gauge: new Gauge({ name, help, registers: [registry] }) },
  }))
  return { registry, seconds, decisions, jobAge, read }
}
export type Metrics = ReturnType<typeof createMetrics>

export function measure({ seconds }: Metrics) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const end = seconds.startTimer()
    await next()
    const route = typeof ctx['_matchedRoute'] === 'string' ? ctx['_matchedRoute'] : 'none'
    end({ route, method: ctx.method, status: String(ctx.status) })
  }
}

/** Refusals by reason are one of the numbers a company watches (assurance.md O6). */
export function countDecision({ decisions }: Metrics, answer: Output<typeof repEndpoints.authoriseSend>): void {
  const reasons = answer.outcome === 'refused' ? answer.refusals.map((refusal) => refusal.reason) : ['']
  for (const reason of reasons) decisions.inc({ outcome: answer.outcome, reason })
}

export function healthDoor(router: Router, deps: Deps, metrics: Metrics, stopping: () => boolean): Router {
  router.get('/healthz', (ctx) => {
    ctx.body = { live: true }
  })

  router.get('/readyz', async (ctx) => {
    const [{ database, clockDriftMs }, files] = await Promise.all([tryDatabase(deps), tryFiles(deps)])
    const ready = database && Math.abs(clockDriftMs) <= driftMs && !stopping()
    ctx.status = ready ? 200 : 503
    ctx.body = { ready, database, files, clockDriftMs, stopping: stopping() }
  })

  // Of the system check what asks nobody outside; outcomes only, because facts name the weak places.
  const examiner = createExaminer(benchOf(deps))
  const cheap = checkIds.filter((checkId) => checks[checkId].cheap)
  let kept: { at: number; checks: Promise<{ check: string; outcome: string }[]> } | undefined
  async function lookAtAll() {
    const found: { check: string; outcome: string }[] = []
    await examiner.runAll(({ checkId, outcome }) => found.push({ check: checkId, outcome }), cheap)
    return found
  }
  router.get('/healthz/details', async (ctx) => {
    const at = performance.now()
    if (!kept || at - kept.at > keptMs) kept = { at, checks: lookAtAll() }
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { checks: await kept.checks }
  })

  router.get('/metrics', async (ctx) => {
    const rows = await deps.db
      .selectFrom('job')
      .select(['name', 'lastDoneAt'])
      .execute()
      .catch(() => [])
    for (const { name, lastDoneAt } of rows) {
      if (lastDoneAt) metrics.jobAge.set({ job: name }, (deps.now().getTime() - lastDoneAt.getTime()) / 1_000)
    }
    await Promise.allSettled(metrics.read.map(async ({ gauge, read }) => gauge.set(await read(deps))))
    ctx.type = metrics.registry.contentType
    ctx.body = await metrics.registry.metrics()
  })
  return router
}

/** Writes one row and reads the database's clock: reading alone would not show a full disk or a read-only server. */
async function tryDatabase({ db, now }: Deps): Promise<{ database: boolean; clockDriftMs: number }> {
  try {
    const past = new Date(0)
    await db
      .insertInto('job')
      .values({ name: 'readiness', owner: null, ownedUntil: past, runAt: now(), lastDoneAt: null, problem: null })
      .onDuplicateKeyUpdate({ runAt: now() })
      .execute()
    const row = await db.selectNoFrom(sql<Date>`now(3)`.as('at')).executeTakeFirstOrThrow()
    return { database: true, clockDriftMs: row.at.getTime() - now().getTime() }
  } catch {
    return { database: false, clockDriftMs: 0 }
  }
}

/** Told, but not weighed: a send is decided without any file, and one store is away for all nodes at once. */
function tryFiles({ files }: Deps): Promise<boolean> {
  const patience = new Promise<false>((resolve) => setTimeout(() => resolve(false), filesMs).unref())
  const answered = files.check().then(
    () => true,
    () => false,
  )
  return Promise.race([answered, patience])
}
