import { VaultError } from './errors.ts'
import type { VaultSite } from './site.ts'

const burstWindowMs = 5 * 60_000
const loginWindowMs = 60_000

/** Counts a call. Beyond the burst limit it is delayed, not refused (1.4); the headers say how it stands. */
export function countCall(site: VaultSite): { headers: Record<string, string>; delayMs: number } {
  const { burst, switches } = site
  if (site.now() - burst.from >= burstWindowMs) Object.assign(burst, { from: site.now(), used: 0 })
  burst.used += 1
  const remaining = Math.max(0, switches.burstLimit - burst.used)
  const delayMs = burst.used > switches.burstLimit ? switches.burstDelayMs : 0
  return {
    delayMs,
    headers: {
      'X-VaultAPI-BurstLimit': String(switches.burstLimit),
      'X-VaultAPI-BurstLimitRemaining': String(remaining),
      ...(delayMs > 0 ? { 'X-VaultAPI-ResponseDelay': String(delayMs) } : {}),
    },
  }
}

/** Sign-ins of one user: delayed from half the limit on, then refused for the minute. */
export function countLogin(site: VaultSite): { delayMs: number } {
  const { logins, switches } = site
  if (site.now() - logins.from >= loginWindowMs) Object.assign(logins, { from: site.now(), used: 0 })
  logins.used += 1
  if (logins.used > switches.loginLimit) throw new VaultError('API_LIMIT_EXCEEDED', 'Too many sign-ins.')
  return { delayMs: logins.used > switches.loginLimit / 2 ? switches.burstDelayMs : 0 }
}
