import type { Job } from '../job.ts'

export const vaultJobs: Job[] = []
