const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Shanghai is UTC+8 all year; it last changed its clocks in 1991. */
const offset = 8 * hour

export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * minute)
}

export function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * hour)
}

/** Days since 1970-01-01 as a Shanghai calendar counts them. */
export function shanghaiDay(at: Date): number {
  return Math.floor((at.getTime() + offset) / day)
}

/** Midnight in Shanghai that opens the day of `at`, or the day so many days later. */
export function startOfShanghaiDay(at: Date, daysLater = 0): Date {
  return new Date((shanghaiDay(at) + daysLater) * day - offset)
}

/** Midnight in Shanghai that opens the month of `at`, or the month so many months later. */
export function startOfShanghaiMonth(at: Date, monthsLater = 0): Date {
  const local = new Date(at.getTime() + offset)
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + monthsLater, 1) - offset)
}

/** When the quiet hours that hold at `at` end; null when it is not quiet. Both borders are minutes after midnight. */
export function quietHoursEnd(at: Date, hours: { quietFrom: number; quietUntil: number }): Date | null {
  const midnight = startOfShanghaiDay(at)
  const now = Math.floor((at.getTime() - midnight.getTime()) / minute)
  const { quietFrom, quietUntil } = hours
  const wraps = quietFrom > quietUntil
  if (wraps && now >= quietFrom) return minutesAfter(startOfShanghaiDay(at, 1), quietUntil)
  const quiet = now < quietUntil && (wraps || now >= quietFrom)
  return quiet ? minutesAfter(midnight, quietUntil) : null
}
