import type { Script } from './api.ts'
import { onlyRecent } from './row-state.ts'

/** How a step is shown: what became of it, or whether it may go. */
export type Mark = 'sent' | 'unknown' | 'skipped' | 'blocked' | 'free' | 'undecided'
export type Step = Script['steps'][number] & { mark: Mark }

/**
 * The steps of a script with their marks. What the server says comes first; `handedOver` are sends the client took on this
 * page, which the server may not have heard of yet, and `skipped` are positions the rep passed over.
 */
export function markSteps(script: Script, handedOver: ReadonlySet<string>, skipped: ReadonlySet<number>): Step[] {
  return script.steps.map((step) => ({ ...step, mark: markOf(step, handedOver, skipped) }))
}

function markOf(step: Script['steps'][number], handedOver: ReadonlySet<string>, skipped: ReadonlySet<number>): Mark {
  const { standing, sendId, piece, position } = step
  if (standing === 'sent' || (sendId !== null && handedOver.has(sendId))) return 'sent'
  if (skipped.has(position)) return 'skipped'
  if (standing === 'unknown') return 'unknown'
  if (!piece) return 'blocked'
  if (piece.refusals === null) return 'undecided'
  return piece.refusals.length === 0 || onlyRecent(piece.refusals) ? 'free' : 'blocked'
}

/**
 * The step to be sent next: the first that was neither sent nor passed over. A blocked one that has later ones sent was
 * passed over before, perhaps on another day.
 */
export function nextStep(steps: readonly Step[]): Step | null {
  const lastSent = steps.findLastIndex(({ mark }) => mark === 'sent')
  const left = steps.filter(({ mark }, nth) => {
    if (mark === 'sent' || mark === 'skipped') return false
    return mark !== 'blocked' || nth > lastSent
  })
  return left[0] ?? null
}
