import type { Simulator } from '../simulator.ts'
import { WeComError } from './errors.ts'

export type ApiRequest = {
  query: URLSearchParams
  json: Record<string, unknown>
  /** The raw body with its content type, for uploads. */
  body: Buffer
  contentType: string
  ip: string
}

export type ApiAnswer = Record<string, unknown> | { binary: Buffer; mime: string; name: string }

/** One API of /cgi-bin. */
export type ApiCall = {
  method: 'GET' | 'POST'
  /** Customer-contact calls need the app in the callable list, else 48002. */
  contacts?: boolean
  /** gettoken is the only one without. */
  withoutToken?: boolean
  answer: (simulator: Simulator, request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>
}

/** Reads a non-empty string of the body. Throws 40058. */
export function text(json: Record<string, unknown>, name: string): string {
  const value = json[name]
  if (typeof value !== 'string' || value === '') throw new WeComError(40058, `missing parameter: ${name}`)
  return value
}

export function parameter(query: URLSearchParams, name: string): string {
  const value = query.get(name)
  if (!value) throw new WeComError(40058, `missing parameter: ${name}`)
  return value
}
