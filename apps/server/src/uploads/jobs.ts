import { runImports } from '../content/imports/run-imports.ts'
import type { Job } from '../job.ts'
import { assembleUploads } from './assemble-uploads.ts'
import { sweepUploads } from './sweep-uploads.ts'

export const uploadJobs: Job[] = [
  { name: 'assemble-uploads', everyMs: 1_000, work: assembleUploads },
  { name: 'run-imports', everyMs: 2_000, work: runImports },
  { name: 'sweep-uploads', everyMs: 600_000, work: sweepUploads },
]
