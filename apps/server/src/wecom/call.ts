import type { ErrorClass } from '@vouch/wecom'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Credentials } from './credentials.ts'
import type { ApiPath, ApiRequest, Ask } from './transport.ts'
import { refusalClass, WeComRefusal } from './wecom-refusal.ts'

/** Refusals that are answers to what was asked; the rest is for an engineer to see. */
const ordinary: ErrorClass[] = ['token', 'code', 'member', 'relation', 'file']
const shortPauseMs = 60_000
const longPauseMs = 15 * 60_000

/**
 * Calls with the access token. A token that was revoked early is replaced once and the call repeated once. An API
 * whose quota is used up is left alone for the window: a minute first and, when that was not it, a quarter of an hour.
 */
export function createCall({
  ask,
  tokens,
  now,
  log,
}: Pick<Deps, 'now' | 'log'> & { ask: Ask; tokens: Pick<Credentials, 'value' | 'replace'> }): Ask {
  const pauses = new Map<ApiPath, { until: number; lasts: number }>()

  async function withToken(asked: ApiRequest, token: string) {
    try {
      const answer = await ask({ ...asked, query: { ...asked.query, access_token: token } })
      pauses.delete(asked.path)
      return answer
    } catch (fault) {
      if (fault instanceof WeComRefusal && !ordinary.includes(fault.asks)) {
        log.warn({ api: asked.path, errcode: fault.errcode, asks: fault.asks }, 'WeCom refused a call')
      }
      if (refusalClass(fault) === 'frequency') pauseApi(asked.path)
      throw fault
    }
  }

  function pauseApi(path: ApiPath): void {
    const lasts = pauses.has(path) ? longPauseMs : shortPauseMs
    pauses.set(path, { until: now().getTime() + lasts, lasts })
  }

  return async (asked) => {
    const waitMs = (pauses.get(asked.path)?.until ?? 0) - now().getTime()
    if (waitMs > 0) throw new AppError('wecom_unavailable', { retryAfterMs: waitMs })
    const token = await tokens.value('access_token')
    try {
      return await withToken(asked, token)
    } catch (fault) {
      if (refusalClass(fault) !== 'token') throw fault
      return withToken(asked, await tokens.replace('access_token', token))
    }
  }
}
