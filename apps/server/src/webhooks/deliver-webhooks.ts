import type { Deps } from '../deps.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { claimDeliveries, findOpen } from './webhook-queries.ts'

const longestMs = 20_000
const lookAgainMs = 250
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Job: sends what is owed. Each webhook has a lane of its own, and those with nothing left look again while another waits for
 * a slow receiver. Deliveries are leased one by one, so any number of instances may be at it.
 */
export async function deliverWebhooks(deps: Deps): Promise<void> {
  const { ids, due } = await findOpen(deps.db, deps.now())
  if (!due) return
  const endsAt = performance.now() + longestMs
  let busy = 0
  async function lane(webhookId: string): Promise<void> {
    while (performance.now() < endsAt) {
      const claimed = await claimDeliveries(deps.db, webhookId, { owner: deps.newId(), now: deps.now() })
      if (!claimed && busy === 0) return
      if (!claimed) {
        await pause(lookAgainMs)
        continue
      }
      busy += 1
      try {
        await Promise.all(claimed.deliveries.map((delivery) => attemptDelivery(deps, claimed.webhook, delivery)))
      } finally {
        busy -= 1
      }
    }
  }
  const lanes = await Promise.allSettled(ids.map(lane))
  for (const one of lanes) if (one.status === 'rejected') throw one.reason
}
