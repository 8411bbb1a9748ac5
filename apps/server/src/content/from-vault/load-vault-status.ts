import type { Output, vaultEndpoints } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { loadOfficeRoles } from '../../people/role-queries.ts'
import { actsOf } from './vault-office.ts'
import { countVersions } from './vault-office-queries.ts'
import { findConnection } from './vault-queries.ts'

/** How the connection to the vault stands, for anybody in the office. */
export async function loadVaultStatus(deps: Deps, me: Session): Promise<Output<typeof vaultEndpoints.vaultStatus>> {
  const roles = await loadOfficeRoles(deps.db, me.personId, deps.now())
  const [connection, counts] = await Promise.all([findConnection(deps.db), countVersions(deps.db)])
  const { problem = null, cycleAt = null, fullAt = null, brakedAt = null, brakeReason = '' } = connection ?? {}
  return {
    ...{ connected: deps.vault !== null, problem, cycleAt, fullAt, may: actsOf(roles) },
    ...{ published: counts.published, waiting: counts.waiting, quarantined: counts.quarantined },
    oldestProofAt: counts.oldestProofAt,
    brake: brakedAt && { at: brakedAt, reason: brakeReason, waiting: counts.braked },
    mapping: connection?.mapping ?? null,
  }
}
