import type { Job } from '../../job.ts'
import { runAccountImports } from './imports/run-account-imports.ts'
import { proposePairs } from './pairs/propose-pairs.ts'

/** What is done about the company's doctors without anybody asking. */
export const accountJobs: Job[] = [
  { name: 'import-accounts', everyMs: 1_000, work: runAccountImports },
  { name: 'propose-account-pairs', everyMs: 2_000, work: proposePairs },
]
