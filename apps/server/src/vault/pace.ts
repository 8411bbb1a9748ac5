import type { Deps } from '../deps.ts'
import { VaultFault } from './vault-fault.ts'
import type { Allowance } from './vault.ts'

const windowMs = 5 * 60_000
const longestPauseMs = 5_000

export type Pause = (ms: number) => Promise<void>
export type Pace = ReturnType<typeof createPace>

/**
 * Keeps us below Vault's limits by what its headers say. With less than a fifth of the burst left, calls are spread over
 * the window; a vault that said "later" is not asked before then.
 */
export function createPace({ now }: Pick<Deps, 'now'>, pause: Pause) {
  let waitMs = 0
  let restsUntil = 0
  let told: { most: number; left: number } | undefined
  return {
    /** What its headers said last. */
    allowance(): Allowance {
      const rests = restsUntil > now().getTime() ? new Date(restsUntil) : null
      return { most: told?.most ?? null, left: told?.left ?? null, restsUntil: rests }
    },
    /** Waits for its turn. Throws `rate_limited` while Vault wants to be left alone. */
    async enter(): Promise<void> {
      const restMs = restsUntil - now().getTime()
      if (restMs > 0) throw new VaultFault('rate_limited', { retryAfterMs: restMs })
      if (waitMs > 0) await pause(waitMs)
    },
    /** Header names compare without case; axios gives them in lower case. */
    read(headers: Record<string, unknown>): void {
      const limit = Number(headers['x-vaultapi-burstlimit'])
      const remaining = Number(headers['x-vaultapi-burstlimitremaining'])
      const delayed = Number(headers['x-vaultapi-responsedelay'] ?? 0)
      if (!Number.isFinite(limit) || !Number.isFinite(remaining) || limit <= 0) return
      told = { most: limit, left: remaining }
      const spread = remaining < limit / 5 ? windowMs / Math.max(remaining, 1) : 0
      waitMs = Math.min(longestPauseMs, Math.max(spread, delayed || 0))
    },
    rest(ms: number): void {
      restsUntil = now().getTime() + ms
    },
  }
}
