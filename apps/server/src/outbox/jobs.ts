import type { Job } from '../job.ts'
import { deliverOutbox } from './deliver-outbox.ts'
import { forgetNotices } from './forget-notices.ts'

export const outboxJobs: Job[] = [
  { name: 'deliver-outbox', everyMs: 2_000, asksWecom: true, work: deliverOutbox },
  { name: 'forget-notices', everyMs: 3_600_000, work: forgetNotices },
]
