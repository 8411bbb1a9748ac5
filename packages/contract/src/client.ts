import axios, { type AxiosInstance } from 'axios'
import type * as z from 'zod/mini'
import type { AskedInput, Endpoint, Output } from './endpoint.ts'
import type { ErrorBody, ErrorCode } from './error-codes.ts'

/** What a call ends with when the server answered with an error, or when there was no answer (`no_answer`). */
export class CallError extends Error {
  readonly code: ErrorCode | 'no_answer'
  readonly requestId: string
  readonly body: ErrorBody | undefined
  constructor(code: ErrorCode | 'no_answer', requestId: string, body?: ErrorBody) {
    super(code)
    this.code = code
    this.requestId = requestId
    this.body = body
  }
}

export type CallOptions = { signal?: AbortSignal; timeoutMs?: number; keepalive?: boolean }
export type Call = <E extends Endpoint>(endpoint: E, input: AskedInput<E>, options?: CallOptions) => Promise<Output<E>>

/** The typed client of all pages. Answers are parsed, so dates are Dates. Times out after 10 s unless told otherwise. */
export function createCall(http: AxiosInstance = axios.create({ headers: { 'x-vouch': '1' } })): Call {
  return async (endpoint, input, options = {}) => {
    try {
      const answer = await http.request<unknown>({
        method: endpoint.method,
        url: endpoint.path,
        timeout: options.timeoutMs ?? 10_000,
        ...(endpoint.method === 'POST' ? { data: input } : {}),
        ...(options.signal ? { signal: options.signal } : {}),
        ...(options.keepalive ? { adapter: 'fetch', fetchOptions: { keepalive: true } } : {}),
      })
      return (endpoint.output as z.ZodMiniType).parse(answer.data) as Output<typeof endpoint> // the endpoint's own output schema
    } catch (fault) {
      throw asCallError(fault)
    }
  }
}

function asCallError(fault: unknown): CallError {
  if (!axios.isAxiosError(fault)) throw fault
  const body = fault.response?.data as ErrorBody | undefined // errors have one shape, see error-codes.ts
  if (body && typeof body === 'object' && 'error' in body) return new CallError(body.error, body.requestId, body)
  return new CallError('no_answer', '')
}
