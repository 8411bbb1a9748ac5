import { describe, expect, it } from 'vitest'
import { resolveWhen } from './world-time.ts'

const shanghai = (text: string) => new Date(`${text}+08:00`)
const resolved = (when: Parameters<typeof resolveWhen>[0], now: string) =>
  resolveWhen(when, shanghai(now)).toISOString()

describe('a moment of the demo world', () => {
  it.each([
    { when: { days: -30 }, now: '2026-11-22T12:00', is: '2026-10-23T12:00' },
    { when: { days: 0, hours: -5, minutes: 30 }, now: '2026-11-22T12:00', is: '2026-11-22T07:30' },
    { when: { days: -1, at: '21:10' }, now: '2026-11-22T00:05', is: '2026-11-21T21:10' },
    { when: { days: 0, at: '23:59' }, now: '2026-12-01T00:00', is: '2026-12-01T23:59' },
    { when: { days: -1, at: '00:00' }, now: '2026-03-01T07:59', is: '2026-02-28T00:00' },
    { when: { thisMonth: 2, of: 4 }, now: '2026-11-01T00:30', is: '2026-11-01T00:12' },
    { when: { thisMonth: 1, of: 1 }, now: '2026-11-11T00:00', is: '2026-11-06T09:00' },
    { when: { thisMonth: 1, of: 1 }, now: '2026-11-12T00:00', is: '2026-11-06T13:30' },
  ])('$when at $now is $is in Shanghai', ({ when, now, is }) => {
    expect(resolved(when, now)).toBe(shanghai(is).toISOString())
  })

  it.each(['2026-11-01T00:00:01', '2026-11-01T00:30', '2026-12-31T23:59:59', '2027-01-01T00:01', '2028-02-29T12:00'])(
    'of this month stays in it, before now, and in order, at %s',
    (now) => {
      const start = shanghai(`${now.slice(0, 7)}-01T00:00`)
      const moments = [1, 2, 3, 4].map((thisMonth) => resolveWhen({ thisMonth }, shanghai(now)))
      expect(moments.every((moment) => moment >= start && moment < shanghai(now))).toBe(true)
      expect(moments.toSorted((one, other) => one.getTime() - other.getTime())).toEqual(moments)
    },
  )
})
