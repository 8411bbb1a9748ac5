import { errorClass } from '@vouch/wecom'
import axios, { isAxiosError, type AxiosResponse } from 'axios'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { createCircuit } from './circuit.ts'
import { WeComRefusal } from './wecom-refusal.ts'

/** All we ever ask of WeCom. */
export type ApiPath =
  | 'gettoken'
  | 'get_jsapi_ticket'
  | 'ticket/get'
  | 'auth/getuserinfo'
  | 'user/get'
  | 'externalcontact/get'
  | 'externalcontact/get_follow_user_list'
  | 'externalcontact/batch/get_by_user'
  | 'externalcontact/add_contact_way'
  | 'externalcontact/get_contact_way'
  | 'externalcontact/list_contact_way'
  | 'externalcontact/update_contact_way'
  | 'externalcontact/del_contact_way'
  | 'externalcontact/send_welcome_msg'
  | 'media/upload'
  | 'message/send'

export type ApiRequest = {
  path: ApiPath
  query?: Record<string, string>
  /** Makes it a POST. */
  json?: unknown
  /** A finished body, likewise. */
  raw?: { bytes: Buffer; headers: Record<string, string> }
  timeoutMs?: number
}

/** A body whose errcode was 0. */
export type ApiAnswer = Record<string, unknown>
export type Ask = (asked: ApiRequest) => Promise<ApiAnswer>

const timeLimitMs = 5_000
const mostAnswerBytes = 8 * 1024 * 1024
const mostTries = 3
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * The one way out to WeCom: bounded in time and size, follows no redirect, stops asking a dead service. Throws
 * `WeComRefusal` for an errcode and AppError `wecom_unavailable` for everything else. What axios throws holds secrets
 * in its address and is never passed on.
 */
export function createTransport({ config, now, log }: Pick<Deps, 'config' | 'now' | 'log'>): Ask {
  const client = axios.create({
    baseURL: `${config.WECOM_API_URL.replace(/\/$/, '')}/cgi-bin/`,
    timeout: timeLimitMs,
    maxRedirects: 0,
    maxContentLength: mostAnswerBytes,
    maxBodyLength: 24 * 1024 * 1024,
    validateStatus: () => true,
  })
  const circuit = createCircuit(now)

  async function once({ path, query, json, raw, timeoutMs = timeLimitMs }: ApiRequest): Promise<ApiAnswer> {
    circuit.enter()
    let answer: ApiAnswer
    try {
      const response = await client.request<unknown>({
        url: path,
        method: json === undefined && raw === undefined ? 'GET' : 'POST',
        params: query,
        data: raw?.bytes ?? json,
        headers: raw?.headers ?? {},
        timeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs + 500), // axios does not count the time to connect
      })
      answer = readBody(response)
    } catch (fault) {
      log.warn({ api: path, code: codeOf(fault) }, 'WeCom did not answer')
      if (circuit.failed()) log.error('WeCom keeps failing; calls are held back for some seconds')
      throw new AppError('wecom_unavailable', { retryAfterMs: 1_000 })
    }
    circuit.answered()
    const errcode = Number(answer['errcode'] ?? 0)
    if (errcode !== 0) throw new WeComRefusal(errcode)
    if (/wrong json format/i.test(String(answer['errmsg']))) log.warn({ api: path }, 'WeCom found our JSON malformed')
    return answer
  }

  return async (asked) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(asked)
      } catch (fault) {
        if (!mayPass(fault) || tries === mostTries) throw fault
        await pause(tries * (50 + Math.random() * 150))
      }
    }
  }
}

/** Busy, or too many at once. */
function mayPass(fault: unknown): boolean {
  return fault instanceof WeComRefusal && ['retry', 'concurrency'].includes(errorClass(fault.errcode))
}

function readBody({ status, data }: AxiosResponse<unknown>): ApiAnswer {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  if (status !== 200 || !isObject) throw new AppError('wecom_unavailable', { field: `status ${status}` })
  return data as ApiAnswer // an object by the line above
}

function codeOf(fault: unknown): string {
  if (isAxiosError(fault)) return fault.code ?? 'unknown'
  return fault instanceof AppError ? (fault.field ?? fault.code) : 'unknown'
}
