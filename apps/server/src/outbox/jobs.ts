import type { Job } from '../job.ts'

export const outboxJobs: Job[] = []
