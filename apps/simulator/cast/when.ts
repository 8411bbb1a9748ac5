import type { When } from './world-types.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const shanghai = 8 * hour

/** Resolves a cast moment against `now` as `When` says. Shanghai has no summer time, so its offset is a constant. */
export function resolveWhen(when: When, now: Date): Date {
  if ('thisMonth' in when) return momentOfThisMonth(when.thisMonth, when.of ?? 4, now)
  const moment = now.getTime() + when.days * day
  if (when.at === undefined) return new Date(moment + (when.hours ?? 0) * hour + (when.minutes ?? 0) * minute)
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number)
  return new Date(startOfDay(moment) + hours * hour + minutes * minute)
}

/** The first instant of the Shanghai month that holds `now`. */
export function startOfMonth(now: Date): Date {
  const wall = new Date(now.getTime() + shanghai)
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), 1) - shanghai)
}

function momentOfThisMonth(n: number, of: number, now: Date): Date {
  const start = startOfMonth(now).getTime()
  const moment = start + Math.floor(((now.getTime() - start) * n) / (of + 1))
  const dayStart = startOfDay(moment)
  if (dayStart === startOfDay(now.getTime())) return new Date(moment)
  return new Date(dayStart + 9 * hour + Math.floor(((moment - dayStart) * 9) / 24))
}

function startOfDay(instant: number): number {
  return Math.floor((instant + shanghai) / day) * day - shanghai
}
