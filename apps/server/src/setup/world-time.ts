import { startOfShanghaiDay, startOfShanghaiMonth } from '@vouch/rules'
import * as z from 'zod'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * A moment of the demo world, relative to when it is loaded, so that the world never grows old. Shanghai wall time.
 * `days` (with hours and minutes) counts from now; with `at` it is that wall time of the day it falls on.
 * `thisMonth: n, of: m` is the nth of m moments spread evenly between the start of this month and now, drawn into working
 * hours unless it falls on today.
 */
export const when = z.union([
  z.strictObject({
    days: z.number(),
    hours: z.optional(z.number()),
    minutes: z.optional(z.number()),
    at: z.optional(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  }),
  z.strictObject({ thisMonth: z.int().min(1), of: z.optional(z.int().min(1)) }),
])
export type When = z.output<typeof when>

export function resolveWhen(when: When, now: Date): Date {
  if ('thisMonth' in when) return momentOfThisMonth(when.thisMonth, when.of ?? 4, now)
  const moment = new Date(now.getTime() + when.days * day)
  if (when.at === undefined) return new Date(moment.getTime() + (when.hours ?? 0) * hour + (when.minutes ?? 0) * minute)
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number)
  return new Date(startOfShanghaiDay(moment).getTime() + hours * hour + minutes * minute)
}

/** In this month and before now on every day, the 1st at half past midnight too; earlier ones stay earlier. */
function momentOfThisMonth(nth: number, of: number, now: Date): Date {
  const start = startOfShanghaiMonth(now).getTime()
  const moment = new Date(start + Math.floor(((now.getTime() - start) * nth) / (of + 1)))
  const itsDay = startOfShanghaiDay(moment).getTime()
  if (itsDay === startOfShanghaiDay(now).getTime()) return moment
  return new Date(itsDay + 9 * hour + Math.floor(((moment.getTime() - itsDay) * 9) / 24))
}
