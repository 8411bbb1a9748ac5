import { keep, take } from './storage.ts'

/** Shortest time between two sign-ins by themselves; more would be a loop. */
export const signInPauseMs = 60_000

const lastKey = 'vouch.signedInAt'
const placeKey = 'vouch.place'
let leaving = false

/**
 * Goes to sign in and comes back to where we are, at most once a minute unless the rep asked for it.
 * False when it was tried a moment ago: then the page shows an error with a retry.
 */
export function signInAgain({ asked = false, place = location.hash, now = Date.now(), go = leave } = {}): boolean {
  const last = take<number>('session', lastKey) ?? 0
  if (!asked && now - last < signInPauseMs) return false
  keep('session', lastKey, now)
  keep('session', placeKey, place)
  go(`/api/rep/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
  return true
}

/** True once the page is on its way to the sign-in: there is nothing to say any more. */
export function isLeaving(): boolean {
  return leaving
}

function leave(address: string): void {
  leaving = true
  location.replace(address)
}

/** Where the rep was before signing in, as a route; once. The fragment of an OAuth answer is no place of ours. */
export function placeBefore(): string | null {
  const place = take<string>('session', placeKey)
  keep('session', placeKey, null)
  return place?.startsWith('#/') ? place.slice(1) : null
}
