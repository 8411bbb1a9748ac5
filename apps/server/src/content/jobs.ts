import type { Job } from '../job.ts'
import { runBulks } from './bulk/run-bulks.ts'
import { beginVersions } from './life/begin-versions.ts'
import { callReviewers } from './life/call-reviewers.ts'
import { drawRenditions } from './renditions/draw-renditions.ts'
import { indexPieces } from './search/index-pieces.ts'
import { rebuildIndex } from './search/rebuild-index.ts'
import { warnExpiries } from './life/warn-expiries.ts'

export const contentJobs: Job[] = [
  { name: 'draw-renditions', everyMs: 1_000, work: drawRenditions },
  { name: 'begin-versions', everyMs: 10_000, work: beginVersions },
  { name: 'call-reviewers', everyMs: 5_000, work: callReviewers },
  { name: 'run-bulk-acts', everyMs: 1_000, work: runBulks },
  { name: 'warn-expiries', everyMs: 60_000, work: warnExpiries },
  { name: 'index-pieces', everyMs: 1_000, work: indexPieces },
  { name: 'rebuild-search-index', everyMs: 3_600_000, work: rebuildIndex },
]
