/** Shanghai has kept UTC+8 without summer time since 1991; rules and screens count its days (ux.md section 10). */
const shanghaiMs = 8 * 3_600_000
const dayMs = 86_400_000

const two = (n: number): string => String(n).padStart(2, '0')
const inShanghai = (at: Date): Date => new Date(at.getTime() + shanghaiMs)

/** 2027-03-31 */
export function fullDay(at: Date): string {
  return inShanghai(at).toISOString().slice(0, 10)
}

/** 11-14, or with its year when that is another one. */
export function shortDay(at: Date, now: Date): string {
  const day = fullDay(at)
  return day.slice(0, 4) === fullDay(now).slice(0, 4) ? day.slice(5) : day
}

/** 14:05 */
export function clock(at: Date): string {
  return inShanghai(at).toISOString().slice(11, 16)
}

/** 14:05:12 */
export function exactClock(at: Date): string {
  return inShanghai(at).toISOString().slice(11, 19)
}

/** 2026-11-21 14:05:12 +08:00 */
export function exact(at: Date): string {
  return `${fullDay(at)} ${exactClock(at)} +08:00`
}

/** Minutes after midnight as 8:00. */
export function ofDay(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`
}

/** Whole Shanghai days from `from` to `until`; 0 on the same day. */
export function daysBetween(from: Date, until: Date): number {
  const day = (at: Date): number => Math.floor((at.getTime() + shanghaiMs) / dayMs)
  return day(until) - day(from)
}

export type Ago = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number }

/** How long ago, in the one unit a person would use. Less than three minutes is now. */
export function ago(at: Date, now: Date): Ago {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000))
  if (minutes < 3) return { unit: 'now', count: 0 }
  if (minutes < 60) return { unit: 'minutes', count: minutes }
  if (daysBetween(at, now) === 0) return { unit: 'hours', count: Math.floor(minutes / 60) || 1 }
  return { unit: 'days', count: daysBetween(at, now) }
}

/** 3:10 for a length in seconds. */
export function length(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${two(Math.round(seconds) % 60)}`
}
