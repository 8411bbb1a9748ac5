import type { Job } from '../job.ts'
import { collectEvents } from './collect-events.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { forgetDeliveries } from './forget-deliveries.ts'
import { reviveFailed } from './send-again.ts'

export const webhookJobs: Job[] = [
  { name: 'collect-webhook-events', everyMs: 3_000, work: collectEvents },
  { name: 'revive-webhook-deliveries', everyMs: 3_000, work: reviveFailed },
  { name: 'deliver-webhooks', everyMs: 1_000, work: deliverWebhooks },
  { name: 'forget-webhook-deliveries', everyMs: 3_600_000, work: forgetDeliveries },
]
