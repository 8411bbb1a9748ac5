import { AppError } from '../errors.ts'

/** The status the store answered with, if it answered. */
export function statusOf(fault: unknown): number | undefined {
  const { $metadata } = (fault ?? {}) as { $metadata?: { httpStatusCode?: number } } // the client's own shape
  return $metadata?.httpStatusCode
}

export const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : '')

/** What the store said in our words: nothing there, not now, or a fault for the log. */
export function asStoreFault(fault: unknown): unknown {
  const status = statusOf(fault)
  const name = nameOf(fault)
  if (name === 'NoSuchBucket') return new Error('the bucket of FILES_URL does not exist', { cause: fault })
  if (status === 403) return new Error(`the store of FILES_URL refuses our keys: ${name}`, { cause: fault })
  if (status === 404) return new AppError('not_found')
  const unanswered = status === undefined && (name === 'TimeoutError' || isNetworkCode(fault))
  if (unanswered || status === 429 || (status ?? 0) >= 500) return new AppError('busy', { retryAfterMs: 2_000 })
  return fault
}

/** Such as ECONNREFUSED; faults of a certificate and our own mistakes have codes of other shapes. */
function isNetworkCode(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && /^E(?!RR_)[A-Z_]+$/.test(String(fault.code))
}
