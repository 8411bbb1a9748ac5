const [second, minute, hour] = [1_000, 60_000, 3_600_000]
/** After each try that did not arrive; some 75 hours together (Standard Webhooks). */
const pausesMs = [5 * second, 5 * minute, 30 * minute, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour)]
/** Receivers that come back are not all asked in the same moment. */
const jitter = 0.1
const longestWaitMs = 24 * hour
/** What says that there is too much, and how long nothing is sent then unless it says itself. */
const slowDown = [429, 502, 503, 504]
const restMs = minute

type Came = { status: number | null; retryAfter: string | null }
export type Next =
  | { life: 'delivered' }
  | { life: 'waiting'; runAt: Date; restUntil: Date | null }
  /** `off`: why the webhook is switched off with it. */
  | { life: 'failed'; off: 'gone' | 'gave_up' | null }

/** What follows a try, the `tries`-th of its delivery; `chance` is between 0 and 1. */
export function decideNext(came: Came, { tries, now, chance }: { tries: number; now: Date; chance: number }): Next {
  const { status } = came
  if (status !== null && status >= 200 && status < 300) return { life: 'delivered' }
  if (status === 410) return { life: 'failed', off: 'gone' }
  const pauseMs = pausesMs[tries - 1]
  if (pauseMs === undefined) return { life: 'failed', off: 'gave_up' }
  const asked = readRetryAfter(came.retryAfter, now)
  const later = (ms: number) => new Date(now.getTime() + ms)
  const rests = status !== null && slowDown.includes(status)
  return {
    life: 'waiting',
    runAt: later(Math.max(pauseMs * (1 + jitter * chance), asked)),
    restUntil: rests ? later(asked || restMs) : null,
  }
}

/** Seconds or a date, in ms from now; 0 where nothing is asked, a day at most. */
function readRetryAfter(text: string | null, now: Date): number {
  if (text === null) return 0
  const ms = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - now.getTime()
  return ms > 0 ? Math.min(ms, longestWaitMs) : 0
}
