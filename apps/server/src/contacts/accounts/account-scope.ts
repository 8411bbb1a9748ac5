import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireRole } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { accountReaders, mayWriteAccounts, seesAll } from './account-roles.ts'

export type Scope = {
  roles: readonly string[]
  /** The only territories this person sees; null: all. */
  own: string[] | null
  mayWrite: boolean
}

/** What of the company's doctors this person sees. Throws `wrong_role`. */
export async function loadAccountScope(deps: Deps, me: Session): Promise<Scope> {
  const roles = await requireRole(deps, me, accountReaders)
  const own = seesAll(roles) ? null : await findOwnTerritories(deps.db, me.personId)
  return { roles, own, mayWrite: mayWriteAccounts(roles) }
}

async function findOwnTerritories(db: Kysely<Database>, personId: string): Promise<string[]> {
  const rows = await db.selectFrom('repTerritory').select('territory').where('repId', '=', personId).execute()
  return rows.map((row) => row.territory)
}

/** A doctor of another territory and one who does not exist are the same to a manager. */
export function refuseForeign({ own }: Scope, account: { territory: string } | undefined): void {
  if (!account || (own && !own.includes(account.territory))) throw new AppError('account_not_found')
}
