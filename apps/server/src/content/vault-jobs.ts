import type { Job } from '../job.ts'
import { reaskVault } from './reask-vault.ts'
import { syncVault } from './sync-vault.ts'

/** Both do nothing where no vault is connected. */
export const vaultJobs: Job[] = [
  { name: 'sync-vault', everyMs: 60_000, work: syncVault },
  { name: 'reask-vault', everyMs: 60_000, work: reaskVault },
]
