import type { VaultProblem } from '@vouch/contract'

/** Vault could not be asked, or said no. `type` is Vault's own word for it; its texts are never passed on. */
export class VaultFault extends Error {
  readonly problem: VaultProblem
  readonly type: string
  readonly retryAfterMs: number
  constructor(problem: VaultProblem, { type = '', retryAfterMs = 0 } = {}) {
    super(type ? `${problem} ${type}` : problem)
    this.problem = problem
    this.type = type
    this.retryAfterMs = retryAfterMs
  }
}

/** What an error type asks of a client (vault-crm-platform.md 1.5). */
export type Reaction = 'sign_in' | 'stop' | 'wait' | 'configuring' | 'retry' | 'refused'

const reactions: Record<string, Reaction> = {
  INVALID_SESSION_ID: 'sign_in',
  USERNAME_OR_PASSWORD_INCORRECT: 'stop',
  NO_PASSWORD_PROVIDED: 'stop',
  USER_LOCKED_OUT: 'stop',
  PASSWORD_CHANGE_REQUIRED: 'stop',
  INACTIVE_USER: 'stop',
  API_LIMIT_EXCEEDED: 'wait',
  CONFIGURATION_MODE_ENABLED: 'configuring',
  RACE_CONDITION: 'retry',
  OPERATION_IN_PROGRESS: 'retry',
  UNEXPECTED_ERROR: 'retry',
}

/** A type we do not know is decided by the status alone. */
export function reactionTo(type: string, status: string): Reaction {
  return reactions[type] ?? (status === 'EXCEPTION' ? 'retry' : 'refused')
}
