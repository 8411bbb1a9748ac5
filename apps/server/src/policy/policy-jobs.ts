import type { Job } from '../job.ts'
import { runPreviews } from './preview/run-previews.ts'

/** What is done about the policy without anybody asking again. */
export const policyJobs: Job[] = [{ name: 'run-policy-previews', everyMs: 1_000, work: runPreviews }]
