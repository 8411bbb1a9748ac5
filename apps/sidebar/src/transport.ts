import { CallError, createCall, matchingEndpoints, repEndpoints, type ErrorBody } from '@vouch/contract'
import type { Answer, Ask } from './api.ts'

const endpoints: typeof repEndpoints & typeof matchingEndpoints = { ...repEndpoints, ...matchingEndpoints }
const call = createCall()

export const client: Ask = (name, input, options) => call(endpoints[name], input, options)

const sendingMs = 60_000

/** Bytes to an address that answers what became of a photo. */
export async function bytesClient(path: string, bytes: Blob): Promise<Answer<'lookAtPhoto'>> {
  const headers = { 'content-type': 'application/octet-stream', 'x-vouch': '1' }
  const leave = new AbortController()
  const timer = setTimeout(() => leave.abort(), sendingMs)
  const answer = await fetch(path, { method: 'POST', headers, body: bytes, signal: leave.signal }).catch(() => null)
  clearTimeout(timer)
  const body = (await answer?.json().catch(() => null)) as unknown
  if (answer?.ok) return endpoints.lookAtPhoto.output.parse(body)
  const fault = body as ErrorBody | null // errors have one shape
  throw fault?.error ? new CallError(fault.error, fault.requestId, fault) : new CallError('no_answer', '')
}
