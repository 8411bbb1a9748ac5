import type { Deps } from '../deps.ts'
import { claimDue, postpone, settleAs, type DueEvent } from './callback-queries.ts'
import { effectOf, type Outcome } from './event-effects.ts'

const claimed = 100
const relations = 'change_external_contact'
/** WeCom allows 10,000 reads of one kind a minute; four at once of about 50 ms each stay below the half. */
const atOnce = 4
const longestMs = 30_000
/** WeCom shows a change to its own API some seconds after the message (84061); an event not borne out by then is not. */
const again = [2_000, 5_000, 15_000]
const mostAttempts = 20

/**
 * Gives received events their effect, once. None has any by itself: WeCom is asked, and what it answers is recorded, so
 * order and repetition do not matter and a forged message changes nothing (assurance.md A39).
 */
export const settleCallbackEvents = (deps: Deps): Promise<void> => settleDue(deps, ['change_contact', relations])

/** Who left, was disabled or renamed, beside the others: out within seconds, however slow WeCom is (assurance.md A8). */
export const settleMemberEvents = (deps: Deps): Promise<void> => settleDue(deps, ['change_contact'])

async function settleDue(deps: Deps, kinds: readonly string[]): Promise<void> {
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) {
    const events = await claimDue(deps, kinds, claimed)
    if (events.length === 0) return
    const waiting = alike(events)
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await settle(deps, next)
      }),
    )
  }
}

type Alike = [DueEvent, ...DueEvent[]]

/** Messages that say the same of the same people: one question to WeCom answers them all. */
function alike(events: readonly DueEvent[]): Alike[] {
  const groups = new Map<string, Alike>()
  for (const event of events) {
    const { changeType, source, userId, newUserId, externalUserId, attempts } = event
    const key = [changeType, source, userId.toLowerCase(), newUserId, externalUserId, attempts].join(' ')
    const group = groups.get(key)
    if (group) group.push(event)
    else groups.set(key, [event])
  }
  return [...groups.values()]
}

async function settle(deps: Deps, events: Alike): Promise<void> {
  const [event] = events
  let outcome: Outcome
  try {
    outcome = await effectOf(deps, event)
  } catch (fault) {
    const { code, retryAfterMs = 0 } = fault as { code?: unknown; retryAfterMs?: number } // whatever was thrown
    deps.log.warn({ digest: event.digest, attempts: event.attempts, events: events.length, code }, 'an event waits')
    const waitMs = Math.max(retryAfterMs, Math.min(2_000 * 2 ** event.attempts, 300_000))
    if (event.attempts < mostAttempts) return postpone(deps, events, waitMs)
    outcome = 'gave_up' // the hourly reading of all relations finds what it said
  }
  const waitMs = again[event.attempts - 1]
  if (waitMs && (outcome === 'not_found' || outcome === 'contradicted')) return postpone(deps, events, waitMs)
  if (outcome === 'contradicted') tellContradiction(deps, event)
  await settleAs(deps, events, outcome)
}

function tellContradiction({ log }: Deps, { digest, event, changeType }: DueEvent): void {
  log.error(
    { alarm: 'callback_contradicted', digest, event, changeType },
    'a signed message said what WeCom denies; if this repeats, change the callback’s token and key',
  )
}
