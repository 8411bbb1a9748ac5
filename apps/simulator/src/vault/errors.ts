/** A handled error: HTTP 200 and an envelope that says FAILURE (vault-crm-platform.md 1.5). */
export class VaultError extends Error {
  readonly type: string
  readonly status: 'FAILURE' | 'EXCEPTION'
  /** Only sign-in has it. */
  readonly errorType: string | null
  constructor(type: string, message: string, { status = 'FAILURE' as 'FAILURE' | 'EXCEPTION', errorType = '' } = {}) {
    super(message)
    this.type = type
    this.status = status
    this.errorType = errorType || null
  }
}

export const badSession = () => new VaultError('INVALID_SESSION_ID', 'Session is not valid.')
export const noSuchThing = () => new VaultError('MALFORMED_URL', 'Resource not found.')
export const noRight = () => new VaultError('INSUFFICIENT_ACCESS', 'No right to do this.')
export const badQuery = (near: string) =>
  new VaultError('INCORRECT_QUERY_SYNTAX_ERROR', `Unknown token near ${near || 'the end'}.`)

export function errorEnvelope(error: VaultError): Record<string, unknown> {
  return {
    responseStatus: error.status,
    errors: [{ type: error.type, message: error.message }],
    ...(error.errorType ? { errorType: error.errorType } : {}),
  }
}
