import type { Simulator } from '../simulator.ts'
import { WeComError } from './errors.ts'

export type Limit = { per: 'minute' | 'hour' | 'day'; most: number }

const windowMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Any single API (wecom-platform.md 1.2). */
export const apiLimits = {
  corp: [
    { per: 'minute', most: 10_000 },
    { per: 'hour', most: 150_000 },
  ],
  ip: [
    { per: 'minute', most: 20_000 },
    { per: 'hour', most: 600_000 },
  ],
} satisfies Record<string, Limit[]>

export const ticketLimits = {
  corp: { per: 'hour', most: 400 },
  app: { per: 'hour', most: 100 },
} satisfies Record<string, Limit>

/** Wrong secrets from one IP before it is blocked for an hour; the real number is not published. */
const wrongSecrets: Limit = { per: 'hour', most: 5 }

/** Counts one use. Beyond the limit it throws 45009, and goes on doing so for as long as the window is. */
export function count(simulator: Simulator, key: string, limit: Limit): void {
  if (!fits(simulator, key, limit)) throw new WeComError(45009)
}

function fits(simulator: Simulator, key: string, limit: Limit): boolean {
  const { counters } = simulator.vault
  const now = simulator.now()
  const id = `${key} ${limit.per}`
  const counter = counters.get(id) ?? { from: now, count: 0, blockedUntil: 0 }
  counters.set(id, counter)
  if (counter.blockedUntil > now) return false
  if (now - counter.from >= windowMs[limit.per] || now < counter.from) Object.assign(counter, { from: now, count: 0 })
  counter.count += 1
  if (counter.count <= limit.most) return true
  counter.blockedUntil = now + windowMs[limit.per]
  return false
}

/** Notes a wrong secret; after too many the IP answers 45009 for an hour, right secret or not. */
export function countWrongSecret(simulator: Simulator, ip: string): void {
  fits(simulator, `secret ${ip}`, { ...wrongSecrets, most: wrongSecrets.most - 1 })
}

export function checkIpBlock(simulator: Simulator, ip: string): void {
  const counter = simulator.vault.counters.get(`secret ${ip} hour`)
  if (counter && counter.blockedUntil > simulator.now()) throw new WeComError(45009)
}

/** Counts a call of one API for the corp and for the IP. */
export function countCall(simulator: Simulator, path: string, ip: string): void {
  for (const limit of apiLimits.corp) count(simulator, `corp ${path}`, limit)
  for (const limit of apiLimits.ip) count(simulator, `ip ${ip} ${path}`, limit)
}
