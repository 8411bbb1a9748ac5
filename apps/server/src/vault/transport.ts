import type { Readable } from 'node:stream'
import axios, { type AxiosResponse } from 'axios'
import type { Deps } from '../deps.ts'
import type { Pace, Pause } from './pace.ts'
import { reactionTo, VaultFault, type Reaction } from './vault-fault.ts'

export type VaultRequest = {
  /** Below `/api/{version}`, or a whole path that Vault gave us. */
  path: string
  method?: 'GET' | 'POST'
  query?: Record<string, string>
  form?: Record<string, string>
  session?: string
}
export type VaultBody = Record<string, unknown>
export type Transport = ReturnType<typeof createTransport>

/** Vault said no in its envelope; `asks` is what that wants of us. */
export class VaultRefusal extends Error {
  readonly type: string
  readonly asks: Reaction
  constructor(type: string, status: string) {
    super(type)
    this.type = type
    this.asks = reactionTo(type, status)
  }
}

const timeLimitMs = 60_000
const downloadLimitMs = 100_000
const mostBodyBytes = 64 * 1024 * 1024
const mostTries = 3
const longestRetryAfterMs = 10_000
const windowMs = 60_000
const configuringMs = 5 * 60_000

/**
 * The one way out to Vault: bounded in time and size, follows no redirect, repeats what may pass. HTTP 200 says nothing;
 * the envelope does. Throws VaultRefusal for what the envelope refuses and VaultFault for everything else.
 */
export function createTransport(
  { config, log }: Pick<Deps, 'config' | 'log'>,
  { pace, pause }: { pace: Pace; pause: Pause },
) {
  const host = new URL(config.VAULT_URL ?? '').origin
  const client = axios.create({
    ...{ timeout: timeLimitMs, maxRedirects: 0, maxContentLength: mostBodyBytes, validateStatus: () => true },
    headers: { 'X-VaultAPI-ClientID': 'vouch-server', Accept: 'application/json' },
  })

  /** Paths that Vault gives are joined to our host, never to one they name (1.6). */
  function addressOf(path: string): string {
    const address = new URL(path.startsWith('/api/') ? path : `/api/${config.VAULT_API_VERSION}${path}`, host)
    if (address.origin !== host) throw new VaultFault('unexpected_answer', { type: 'FOREIGN_HOST' })
    return address.href
  }

  async function once<T>(asked: VaultRequest, type: 'json' | 'stream'): Promise<AxiosResponse<T>> {
    const { path, method = 'GET', query, form, session } = asked
    await pace.enter()
    const response = await client.request<T>({
      ...{ url: addressOf(path), method, responseType: type },
      ...(type === 'stream' ? { timeout: downloadLimitMs, maxContentLength: -1 } : {}),
      params: query,
      data: form && new URLSearchParams(form),
      headers: {
        ...(session ? { Authorization: session } : {}),
        ...(type === 'stream' ? { Accept: '*/*', 'Accept-Encoding': 'identity' } : {}), // the bytes as they are kept
      },
      signal: AbortSignal.timeout(type === 'stream' ? downloadLimitMs : timeLimitMs + 500),
    })
    pace.read(response.headers)
    checkStatus(response)
    return response
  }

  /** A proxy's 429 or 503 with a time to wait; anything but 200 is not Vault. */
  function checkStatus({ status, headers }: AxiosResponse<unknown>): void {
    if (status === 200) return
    if (status !== 429 && status !== 503) throw new VaultFault('unreachable', { type: `HTTP_${status}` })
    const seconds = Number(headers['retry-after'])
    const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : windowMs
    throw new VaultFault('rate_limited', { type: `HTTP_${status}`, retryAfterMs })
  }

  /** Repeats reads that may pass, at most three times in all. */
  async function repeat<T>(path: string, work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work()
      } catch (fault) {
        const { waitMs, thrown } = judge(fault)
        if (waitMs === null || tries === mostTries) {
          if (thrown instanceof VaultFault && thrown.retryAfterMs > 0) pace.rest(thrown.retryAfterMs)
          log.warn({ api: path.replace(/[\w-]{30,}/g, '…'), problem: thrown.message }, 'Vault did not answer a call')
          throw thrown
        }
        await pause(waitMs * tries * (0.5 + Math.random()))
      }
    }
  }

  return {
    ask: (asked: VaultRequest): Promise<VaultBody> =>
      repeat(asked.path, async () => readEnvelope((await once<unknown>(asked, 'json')).data)),
    /** The whole work with the stream is repeated, so that half a file never counts. */
    stream: <T>(asked: VaultRequest, work: (response: AxiosResponse<Readable>) => Promise<T>): Promise<T> =>
      repeat(asked.path, async () => work(await once<Readable>(asked, 'stream'))),
  }
}

/** How long until a repeat makes sense, null when it does not, and what is thrown in the end. */
function judge(fault: unknown): { waitMs: number | null; thrown: VaultFault | VaultRefusal } {
  if (fault instanceof VaultRefusal) {
    if (fault.asks === 'retry') return { waitMs: 300, thrown: new VaultFault('refused', { type: fault.type }) }
    if (fault.asks === 'wait') return { waitMs: null, thrown: later('rate_limited', fault.type, windowMs) }
    if (fault.asks === 'configuring') return { waitMs: null, thrown: later('configuring', fault.type, configuringMs) }
    return { waitMs: null, thrown: fault }
  }
  if (fault instanceof VaultFault) {
    const soon = fault.problem === 'rate_limited' && fault.type !== '' && fault.retryAfterMs <= longestRetryAfterMs
    if (soon) return { waitMs: Math.max(fault.retryAfterMs, 100), thrown: fault }
    return { waitMs: fault.problem === 'unreachable' ? 300 : null, thrown: fault }
  }
  // What axios throws holds our form in its config and is never passed on.
  const code = (fault as { code?: unknown } | null)?.code
  return { waitMs: 300, thrown: new VaultFault('unreachable', { type: typeof code === 'string' ? code : '' }) }
}

const later = (problem: 'rate_limited' | 'configuring', type: string, retryAfterMs: number) =>
  new VaultFault(problem, { type, retryAfterMs })

/** An answer that says SUCCESS or WARNING. Errors come with HTTP 200 too (1.5). */
export function readEnvelope(data: unknown): VaultBody {
  const body = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as VaultBody) : undefined
  const status = body?.['responseStatus']
  if (!body || typeof status !== 'string') throw new VaultFault('unreachable', { type: 'NOT_VAULT' })
  if (status === 'SUCCESS' || status === 'WARNING') return body
  const [first] = Array.isArray(body['errors']) ? (body['errors'] as { type?: unknown }[]) : []
  throw new VaultRefusal(typeof first?.type === 'string' ? first.type : 'UNKNOWN', status)
}
