import type { Role } from '@vouch/rules'
import { holdsOne } from '../../people/role-queries.ts'

/** Who may do what with the connection to the vault. */
export const vaultOffice = {
  change_mapping: ['system_admin'],
  release: ['compliance_officer'],
  sync: ['system_admin', 'compliance_officer'],
} as const satisfies Record<string, readonly Role[]>
type VaultAct = keyof typeof vaultOffice
const vaultActs = Object.keys(vaultOffice) as VaultAct[] // its own keys

/** What this person may do now. */
export function actsOf(roles: readonly string[]): VaultAct[] {
  return vaultActs.filter((act) => holdsOne(roles, vaultOffice[act]))
}
