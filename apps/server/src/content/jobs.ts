import type { Job } from '../job.ts'

export const contentJobs: Job[] = []
