import { minutesAfter, shanghaiDay, startOfShanghaiDay } from './shanghai-time.ts'

/** When a contact-me code leads to its main reps, in Shanghai: days of the week, 1 is Monday, and minutes of the day. */
export type CodeHours = {
  /** Digits of days; empty means all. */
  days: string
  /** From > until wraps over midnight and belongs to the day it began on; null means the whole day. */
  fromMinute: number | null
  untilMinute: number | null
}

export type CodeRep = { repId: string; part: 'main' | 'backup'; active: boolean }

const minute = 60_000

/**
 * Whom a code leads to now: its main reps within its hours, the backups outside of them. Who left takes nobody; then the
 * others do, because a doctor who scans must find somebody. Nobody only when all have left.
 */
export function codeTakers(reps: readonly CodeRep[], hours: CodeHours, now: Date): string[] {
  const there = (part: CodeRep['part']) => reps.filter((rep) => rep.active && rep.part === part)
  const [first, second] = inHours(hours, now) ? [there('main'), there('backup')] : [there('backup'), there('main')]
  return (first.length > 0 ? first : second).map((rep) => rep.repId)
}

function inHours({ days, fromMinute, untilMinute }: CodeHours, at: Date): boolean {
  if (fromMinute === null || untilMinute === null || fromMinute === untilMinute) return onDay(days, at)
  const now = Math.floor((at.getTime() - startOfShanghaiDay(at).getTime()) / minute)
  if (fromMinute < untilMinute) return onDay(days, at) && now >= fromMinute && now < untilMinute
  if (now >= fromMinute) return onDay(days, at)
  return now < untilMinute && onDay(days, startOfShanghaiDay(at, -1))
}

/** 1970-01-01 was a Thursday. */
const onDay = (days: string, at: Date): boolean =>
  days === '' || days.includes(String(((((shanghaiDay(at) + 3) % 7) + 7) % 7) + 1))

/** When the hours next begin or end; null when they never do. */
export function nextSwitch(hours: CodeHours, now: Date): Date | null {
  const holds = inHours(hours, now)
  const borders = [0, hours.fromMinute ?? 0, hours.untilMinute ?? 0]
  const coming = Array.from({ length: 9 }, (_, day) => startOfShanghaiDay(now, day))
    .flatMap((midnight) => borders.map((border) => minutesAfter(midnight, border)))
    .filter((at) => at > now)
    .toSorted((one, other) => one.getTime() - other.getTime())
  return coming.find((at) => inHours(hours, at) !== holds) ?? null
}
