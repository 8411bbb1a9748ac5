import { quietHoursEnd, startOfShanghaiDay } from '@vouch/rules'

const minuteMs = 60_000
/** Of a Shanghai day. WeCom asks to leave out minutes 0 and 30 of an hour, when everybody sends (wecom-platform.md 7.2). */
const summaryMinute = 8 * 60 + 32
const afterQuietMs = 2 * minuteMs

/** When what is held back in quiet hours goes; null outside them. */
export function restsUntil(at: Date, policy: { quietFrom: number; quietUntil: number }): Date | null {
  const end = quietHoursEnd(at, policy)
  return end && new Date(end.getTime() + afterQuietMs)
}

/** The first daily summary after something was owed. */
export function nextSummary(owedAt: Date): Date {
  const today = startOfShanghaiDay(owedAt).getTime() + summaryMinute * minuteMs
  return new Date(owedAt.getTime() < today ? today : startOfShanghaiDay(owedAt, 1).getTime() + summaryMinute * minuteMs)
}

/** Day and minute in Shanghai, for the words of a message: `05-13 14:05`. */
export const shanghaiMinute = (at: Date): string =>
  new Date(at.getTime() + 8 * 60 * minuteMs).toISOString().slice(5, 16).replace('T', ' ')
