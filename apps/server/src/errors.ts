import { type ErrorCode, errorStatus } from '@vouch/contract'

/** Something outside the story of a send. Codes and their status are one table in the contract. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined
  constructor(code: ErrorCode, about: { field?: string; retryAfterMs?: number } = {}) {
    super(code)
    this.code = code
    this.field = about.field
    this.retryAfterMs = about.retryAfterMs
  }
  get status(): number {
    return errorStatus[this.code]
  }
}

/** Faults of the database that mean "not now": lost, refused or timed out connections. */
const gone = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ETIMEDOUT',
  'EPIPE',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
])

/** Turns whatever was thrown into an answerable error; unknown faults become `internal`. */
export function asAppError(fault: unknown): AppError {
  if (fault instanceof AppError) return fault
  const { code, fatal, status } = (fault ?? {}) as Record<string, unknown> // whatever was thrown
  // What serves files says with a status that there is no such file, or that a path leads out of its folder.
  if (Number(status) >= 400 && Number(status) < 500) return new AppError('not_found')
  // The driver calls a fault fatal when it ended the connection, e.g. for the rollback after the connection was lost.
  if (gone.has(String(code)) || fatal === true) return new AppError('busy', { retryAfterMs: 1_000 })
  return new AppError('internal')
}
