import { RateLimiterMemory } from 'rate-limiter-flexible'
import { AppError } from '../errors.ts'

/** What a wrong guess costs; a person may spend 20 a minute (assurance.md A19: five guessed tickets, A23). */
const missCosts: Record<string, number> = {
  send_not_found: 4,
  contact_not_found: 1,
  content_not_found: 1,
  account_not_found: 1,
}
const missesAMinute = 20
/** Searches for people a rep may make in a minute: far more than work needs, far less than copying a list. */
const searchesAMinute = 60

/** Budgets of one instance. Whoever spent theirs gets `too_many_requests` for the rest of the minute. */
export function createLimits() {
  const misses = new RateLimiterMemory({ points: missesAMinute, duration: 60 })
  const searches = new RateLimiterMemory({ points: searchesAMinute, duration: 60 })
  const refuse = (waitMs: number) => new AppError('too_many_requests', { retryAfterMs: waitMs })

  return {
    async checkMisses(personId: string): Promise<void> {
      const spent = await misses.get(personId)
      if (spent && spent.consumedPoints >= missesAMinute) throw refuse(spent.msBeforeNext)
    },
    async countMiss(personId: string, code: string): Promise<void> {
      const cost = missCosts[code]
      if (cost) await misses.penalty(personId, cost)
    },
    async countSearch(personId: string): Promise<void> {
      const spent = await searches.penalty(personId, 1)
      if (spent.consumedPoints > searchesAMinute) throw refuse(spent.msBeforeNext)
    },
  }
}
export type Limits = ReturnType<typeof createLimits>
