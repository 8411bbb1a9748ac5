import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { scopeOf } from '../../people/scope.ts'
import type { Session } from '../../people/sessions.ts'
import { mayWriteAccounts } from './account-roles.ts'

export type Scope = {
  roles: readonly string[]
  /** The only territories this person sees; null: all. */
  own: string[] | null
  mayWrite: boolean
}

/** What of the company's doctors this person sees. Throws `wrong_role`. */
export async function loadAccountScope(deps: Deps, me: Session): Promise<Scope> {
  const { roles } = me
  return { roles, own: await scopeOf(deps, me), mayWrite: mayWriteAccounts(roles) }
}

/** A doctor of another territory and one who does not exist are the same to a manager. */
export function refuseForeign({ own }: Scope, account: { territory: string } | undefined): void {
  if (!account || (own && !own.includes(account.territory))) throw new AppError('account_not_found')
}
