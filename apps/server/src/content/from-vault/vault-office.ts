import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'

/** Who may do what with the connection to the vault. */
const allowed = {
  change_mapping: ['system_admin'],
  release: ['compliance_officer'],
  sync: ['system_admin', 'compliance_officer'],
} as const
export type VaultAct = keyof typeof allowed
export const vaultActs = Object.keys(allowed) as VaultAct[] // its own keys

/** What this person may do now. */
export function actsOf(roles: readonly string[]): VaultAct[] {
  return vaultActs.filter((act) => allowed[act].some((role) => roles.includes(role)))
}

/** Throws `wrong_role`. */
export async function requireAct({ db, now }: Deps, me: Session, act: VaultAct): Promise<void> {
  if (!actsOf(await findRoles(db, me.personId, now())).includes(act)) throw new AppError('wrong_role')
}
