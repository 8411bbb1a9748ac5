import axios, { isAxiosError } from 'axios'
import type { Settings } from '../config.ts'

/** What WeCom said, told to nobody but checks: with its errcode, and the address it saw us come from. */
export type ProbeAnswer = {
  errcode: number
  body: Record<string, unknown>
  seenIp: string | null
  /** The Date header; null when there was none. */
  date: Date | null
  tookMs: number
}

/** Nothing came that WeCom could have said. `code` is the system's, e.g. ENOTFOUND. */
export class ProbeFault extends Error {
  readonly code: string
  constructor(code: string) {
    super(`WeCom could not be asked: ${code}`)
    this.code = code
  }
}

export type ProbePath =
  | 'gettoken'
  | 'getcallbackip'
  | 'agent/get'
  | 'user/get'
  | 'externalcontact/get_follow_user_list'
  | 'get_jsapi_ticket'
  | 'ticket/get'

export type WeComProbe = ReturnType<typeof createProbe>

const timeLimitMs = 5_000
const hourMs = 3_600_000
/** Wrong secrets from one address are answered by a block of an hour (wecom-platform.md 1.1): ask far less often. */
const mostRefusedSecrets = 3
/** A ticket has 100 an hour for the whole app; beyond this the last answer is told again. */
const mostTickets = 40
const tokenLastsMs = 60_000

type Kept = { at: number; answer: ProbeAnswer }

/**
 * Asks WeCom as it is set up now, past every cache and without a second try, so that its own words can be judged.
 * What could harm when asked often is kept within an hour's budget of its own.
 */
export function createProbe(settings: Settings, now: () => Date) {
  const base = String(settings.WECOM_API_URL ?? '').replace(/\/$/, '')
  const client = axios.create({
    ...{ baseURL: `${base}/cgi-bin/`, timeout: timeLimitMs, maxRedirects: 0 },
    ...{ maxContentLength: 1024 * 1024, validateStatus: () => true },
  })
  let token: Kept | undefined
  const refused: number[] = []
  const tickets = new Map<string, { asked: number[]; last: ProbeAnswer }>()
  const lately = (times: number[]): number => times.filter((at) => at > now().getTime() - hourMs).length

  async function ask(path: ProbePath, query: Record<string, string>): Promise<ProbeAnswer> {
    const began = performance.now()
    try {
      const signal = AbortSignal.timeout(timeLimitMs + 500) // axios does not count the time to connect
      const { status, data, headers } = await client.get<unknown>(path, { params: query, signal })
      if (status !== 200 || typeof data !== 'object' || data === null) throw new ProbeFault(`HTTP ${status}`)
      const body = data as Record<string, unknown> // an object by the line above
      return { ...read(body, String(headers['date'] ?? '')), tookMs: Math.round(performance.now() - began) }
    } catch (fault) {
      if (fault instanceof ProbeFault) throw fault
      // What axios throws holds secrets in its address.
      throw new ProbeFault(isAxiosError(fault) ? (fault.code ?? 'unknown') : 'unknown')
    }
  }

  /** A token for the secret as it is set; `fresh` asks again although one was given a moment ago. */
  async function askToken({ fresh }: { fresh: boolean }): Promise<ProbeAnswer> {
    const at = now().getTime()
    const good = token?.answer.errcode === 0
    if (token && good && !fresh && token.at > at - tokenLastsMs) return token.answer
    if (token && !good && lately(refused) >= mostRefusedSecrets) return token.answer
    const query = { corpid: settings.WECOM_CORP_ID ?? '', corpsecret: settings.WECOM_AGENT_SECRET ?? '' }
    const answer = await ask('gettoken', query)
    if (answer.errcode !== 0) refused.push(at)
    token = { at, answer }
    return answer
  }

  /** A call with the token; when there is none, what WeCom said about that. */
  async function askWithToken(path: ProbePath, query: Record<string, string> = {}): Promise<ProbeAnswer> {
    const { errcode, ...rest } = await askToken({ fresh: false })
    if (errcode !== 0) return { errcode, ...rest }
    const answer = await ask(path, { ...query, access_token: String(rest.body['access_token']) })
    if (answer.errcode === 40014 || answer.errcode === 42001) token = undefined // revoked early: the next one asks anew
    return answer
  }

  return {
    /** Says nothing and proves nothing but that WeCom answers, and what its clock shows. */
    reach: () => ask('getcallbackip', {}),
    token: () => askToken({ fresh: true }),
    call: askWithToken,
    async ticket(kind: 'corp' | 'app'): Promise<ProbeAnswer> {
      const kept = tickets.get(kind)
      if (kept && lately(kept.asked) >= mostTickets) return kept.last
      const last = await (kind === 'corp'
        ? askWithToken('get_jsapi_ticket')
        : askWithToken('ticket/get', { type: 'agent_config' }))
      tickets.set(kind, { asked: [...(kept?.asked ?? []), now().getTime()], last })
      return last
    },
  }
}

/** `errmsg` is read for nothing but the address; everything else in it may change any day. */
function read(body: Record<string, unknown>, date: string): Omit<ProbeAnswer, 'tookMs'> {
  const { errmsg, ...said } = body
  const at = new Date(date)
  return {
    errcode: Number(body['errcode'] ?? 0),
    body: said,
    seenIp: /from ip: ([0-9a-f.:]{3,45})/i.exec(String(errmsg))?.[1]?.replace(/[.:]$/, '') ?? null,
    date: Number.isNaN(at.getTime()) ? null : at,
  }
}
