import type { Job } from '../job.ts'

export const uploadJobs: Job[] = []
