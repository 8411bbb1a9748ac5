import { AppError } from '../errors.ts'

/** After this many failures in a row nothing is asked for `openMs`; then one call tries alone. */
const mostFailures = 5
const openMs = 3_000

export type Circuit = ReturnType<typeof createCircuit>

/** Keeps a dead WeCom from holding every caller for its full time limit. One per instance. */
export function createCircuit(now: () => Date) {
  let failures = 0
  let openUntil = 0
  return {
    /** Throws `wecom_unavailable` while the circuit is open. */
    enter(): void {
      if (failures < mostFailures) return
      const waitMs = openUntil - now().getTime()
      if (waitMs > 0) throw new AppError('wecom_unavailable', { retryAfterMs: waitMs })
      openUntil = now().getTime() + openMs // this caller tries; the others go on waiting
    },
    answered(): void {
      failures = 0
    },
    /** Says whether this failure opened the circuit. */
    failed(): boolean {
      failures += 1
      openUntil = now().getTime() + openMs
      return failures === mostFailures
    },
  }
}
