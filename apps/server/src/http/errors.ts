import type { ErrorBody } from '@vouch/contract'
import type { Context, Next } from 'koa'
import { AppError, asAppError } from '../errors.ts'
import type { Deps } from '../deps.ts'

/** Turns whatever was thrown into an answer; a 5xx shows its request id and nothing else, the log has the rest. */
export function answerErrors({ log }: Pick<Deps, 'log'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next()
      if (ctx.status === 404 && !ctx.body) throw new AppError('not_found')
    } catch (fault) {
      const error = asAppError(fault)
      if (error.status >= 500)
        log.error({ requestId: ctx.state['requestId'], code: error.code, fault: describe(fault) }, 'request failed')
      const body: ErrorBody = {
        error: error.code,
        requestId: String(ctx.state['requestId']),
        ...(error.field ? { field: error.field.slice(0, 60) } : {}),
        ...(error.retryAfterMs ? { retryAfterMs: error.retryAfterMs } : {}),
      }
      if (error.status === 503 || error.status === 429)
        ctx.set('Retry-After', String(Math.ceil((error.retryAfterMs ?? 1_000) / 1_000)))
      ctx.status = error.status
      // What is left of a body nobody wants is not worth a kept connection.
      if (error.code === 'too_large') ctx.set('Connection', 'close')
      ctx.set('Cache-Control', 'no-store')
      ctx.type = 'application/json'
      ctx.body = JSON.stringify(body)
    }
  }
}

/** The kind of fault and where it arose; never its message, which may carry values from a statement. */
function describe(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { kind: typeof fault }
  const { code, errno } = fault as Error & { code?: unknown; errno?: unknown }
  return {
    kind: fault.name,
    code,
    errno,
    stack: fault.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8),
  }
}
