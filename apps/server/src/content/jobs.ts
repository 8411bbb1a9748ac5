import type { Job } from '../job.ts'
import { drawRenditions } from './draw-renditions.ts'

export const contentJobs: Job[] = [{ name: 'draw-renditions', everyMs: 1_000, work: drawRenditions }]
