import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { WebhookAttempt } from '@vouch/contract'
import { checkUrl, hostOf, isInside, isPublic } from './check-url.ts'

type Found = { address: string; family: number }
type Resolve = (host: string) => Promise<Found[]>
export type Posted = Omit<WebhookAttempt, 'at'> & { retryAfter: string | null }
/** Sends a body to an address of somebody else and tells what came back; it never throws. */
export type Post = (url: string, sent: { headers: Record<string, string>; body: string }) => Promise<Posted>

const timeLimitMs = 15_000
const keptBytes = 500

/**
 * The one way out to receivers. Every address that the name leads to is looked at, and the connection goes to what was looked
 * at: a name that leads elsewhere a moment later changes nothing. No redirect is followed, only the beginning of an answer read.
 */
export function createPost(insideHosts: readonly string[], resolve: Resolve = resolveAll): Post {
  return async (address, sent) => {
    const begun = performance.now()
    const came = await ask(address, sent).catch((fault: unknown) => nothing(problemOf(fault)))
    return { ...came, tookMs: Math.round(performance.now() - begun) }
  }

  async function ask(address: string, { headers, body }: Parameters<Post>[1]): Promise<Omit<Posted, 'tookMs'>> {
    if (checkUrl(address, insideHosts)) return nothing('blocked_address')
    const url = new URL(address)
    const signal = AbortSignal.timeout(timeLimitMs)
    const found = await inTime(signal, addressesOf(url))
    if (found.length === 0) return nothing('unknown_host')
    if (!isInside(url, insideHosts) && found.some((one) => !isPublic(one.address))) return nothing('blocked_address')
    const answer = await request(url, { headers, body, found, signal })
    return {
      ...{ status: answer.statusCode ?? null, problem: '', retryAfter: answer.headers['retry-after'] ?? null },
      answer: await readBeginning(answer),
    }
  }

  async function addressesOf(url: URL): Promise<Found[]> {
    const host = hostOf(url)
    return isIP(host) === 0 ? resolve(host) : [{ address: host, family: isIP(host) }]
  }
}

const resolveAll: Resolve = (host) => lookup(host, { all: true })

const nothing = (problem: WebhookAttempt['problem']) => ({ status: null, problem, retryAfter: null, answer: '' })

/** Looking a name up cannot be broken off; whoever waits for it can. */
async function inTime<T>(signal: AbortSignal, wanted: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  return Promise.race([wanted, late])
}

type Asked = { headers: Record<string, string>; body: string; found: Found[]; signal: AbortSignal }

function request(url: URL, { headers, body, found, signal }: Asked): Promise<IncomingMessage> {
  const options: RequestOptions = {
    ...{ method: 'POST', agent: false, signal },
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: (_, { all }, done) => (all ? done(null, found) : done(null, found[0]!.address, found[0]!.family)),
  }
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'https:' ? https : http).request(url, options, resolve)
    asked.on('error', reject)
    asked.end(body)
  })
}

/** What came until the limit or the end of patience: the status counts, not the words. */
async function readBeginning(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part)
      if (parts.reduce((sum, { length }) => sum + length, 0) >= keptBytes) break
    }
  } catch {
    // Broken off; what came is kept.
  }
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, keptBytes), { stream: true })
}

/** Of what was thrown only its code is told. */
function problemOf(fault: unknown): WebhookAttempt['problem'] {
  const { name, code } = (fault ?? {}) as { name?: string; code?: unknown } // whatever was thrown
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout'
  if (/^(ENOTFOUND|EAI_|ENODATA)/.test(String(code))) return 'unknown_host'
  return /CERT|SELF_SIGNED|ERR_TLS|ISSUER|SIGNATURE/.test(String(code)) ? 'certificate' : 'unreachable'
}
