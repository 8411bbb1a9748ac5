import type { Job } from '../../job.ts'
import { reaskVault } from './reask-vault.ts'
import { runAskedCycle } from './run-asked-cycle.ts'
import { syncVault } from './sync-vault.ts'

/** They do nothing where no vault is connected. */
export const vaultJobs: Job[] = [
  { name: 'sync-vault', everyMs: 60_000, work: syncVault },
  { name: 'asked-vault-cycle', everyMs: 3_000, work: runAskedCycle },
  { name: 'reask-vault', everyMs: 60_000, work: reaskVault },
]
