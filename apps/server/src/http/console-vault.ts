import { vaultEndpoints } from '@vouch/contract'
import { askVaultSync } from '../content/from-vault/ask-vault-sync.ts'
import { listQuarantine } from '../content/from-vault/list-quarantine.ts'
import { listVaultTrail } from '../content/from-vault/list-vault-trail.ts'
import { loadVaultStatus } from '../content/from-vault/load-vault-status.ts'
import { releaseBrake } from '../content/from-vault/release-brake.ts'
import { releaseQuarantine } from '../content/from-vault/release-quarantine.ts'
import { saveVaultMapping } from '../content/from-vault/save-vault-mapping.ts'
import { listVaultFields, tryVaultMapping } from '../content/from-vault/try-vault-mapping.ts'
import { serve, type Door } from './serve.ts'

/** The connection to the vault: its state, quarantine and brake. */
export function mountVault(door: Door): void {
  const { deps } = door
  serve(door, vaultEndpoints.vaultStatus, (me) => loadVaultStatus(deps, me))
  serve(door, vaultEndpoints.saveVaultMapping, (me, asked) => saveVaultMapping(deps, me, asked))
  serve(door, vaultEndpoints.tryVaultMapping, (_, asked) => tryVaultMapping(deps, asked))
  serve(door, vaultEndpoints.vaultFields, () => listVaultFields(deps))
  serve(door, vaultEndpoints.listVaultTrail, (_, asked) => listVaultTrail(deps, asked))
  serve(door, vaultEndpoints.listQuarantine, (_, asked) => listQuarantine(deps, asked))
  serve(door, vaultEndpoints.releaseQuarantine, (me, asked) => releaseQuarantine(deps, me, asked))
  serve(door, vaultEndpoints.releaseBrake, (me, asked) => releaseBrake(deps, me, asked))
  serve(door, vaultEndpoints.syncVault, (me, asked) => askVaultSync(deps, me, asked))
}
