import type { Job } from '../job.ts'
import { beginVersions } from './begin-versions.ts'
import { drawRenditions } from './draw-renditions.ts'
import { warnExpiries } from './warn-expiries.ts'

export const contentJobs: Job[] = [
  { name: 'draw-renditions', everyMs: 1_000, work: drawRenditions },
  { name: 'begin-versions', everyMs: 10_000, work: beginVersions },
  { name: 'warn-expiries', everyMs: 60_000, work: warnExpiries },
]
