import type { Job } from '../job.ts'
import { deliverOutbox } from './deliver-outbox.ts'

export const outboxJobs: Job[] = [{ name: 'deliver-outbox', everyMs: 2_000, work: deliverOutbox }]
