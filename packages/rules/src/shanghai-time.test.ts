import { describe, expect, test } from 'vitest'
import { shanghai } from '../test/facts.ts'
import { random } from '../test/random.ts'
import { quietHoursEnd, shanghaiDay, startOfShanghaiDay, startOfShanghaiMonth } from './shanghai-time.ts'

describe('days and months of Shanghai', () => {
  test('a day opens at 16:00 UTC of the day before', () => {
    expect(startOfShanghaiDay(new Date('2026-03-17T16:00:00Z'))).toEqual(new Date('2026-03-17T16:00:00Z'))
    expect(startOfShanghaiDay(new Date('2026-03-17T15:59:59.999Z'))).toEqual(new Date('2026-03-16T16:00:00Z'))
  })

  test('a month opens at 16:00 UTC of the last day before', () => {
    expect(startOfShanghaiMonth(new Date('2026-02-28T16:00:00Z'))).toEqual(shanghai('2026-03-01 00:00'))
    expect(startOfShanghaiMonth(new Date('2026-02-28T15:59:59.999Z'))).toEqual(shanghai('2026-02-01 00:00'))
  })

  test('the month after December is in the next year, and February may have 29 days', () => {
    expect(startOfShanghaiMonth(shanghai('2026-12-31 23:59'), 1)).toEqual(shanghai('2027-01-01 00:00'))
    expect(startOfShanghaiDay(shanghai('2028-02-28 12:00'), 1)).toEqual(shanghai('2028-02-29 00:00'))
  })

  test('a calendar that knows time zones agrees, for any instant of forty years', () => {
    const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
    const draw = random(8)
    for (let round = 0; round < 2000; round += 1) {
      const at = new Date(shanghai('2000-01-01 00:00').getTime() + Math.floor(draw() * 40 * 365.25 * 86_400_000))
      const date = calendar.format(at)
      expect(startOfShanghaiDay(at)).toEqual(shanghai(`${date} 00:00`))
      expect(startOfShanghaiMonth(at)).toEqual(shanghai(`${date.slice(0, 7)}-01 00:00`))
      expect(shanghaiDay(at)).toBe(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
    }
  })
})

describe('quiet hours', () => {
  test('minute by minute, wrapping or not, it is quiet from the first border up to the second', () => {
    for (const [quietFrom, quietUntil] of [
      [1320, 480],
      [0, 480],
      [720, 840],
      [1320, 1440],
      [1, 0],
      [600, 600],
    ] as const) {
      for (let minute = 0; minute < 1440; minute += 1) {
        const at = new Date(shanghai('2026-03-18 00:00').getTime() + minute * 60_000)
        const inside =
          quietFrom > quietUntil
            ? minute >= quietFrom || minute < quietUntil
            : minute >= quietFrom && minute < quietUntil
        const end = quietHoursEnd(at, { quietFrom, quietUntil })
        expect(end !== null).toBe(inside)
        if (end) expect(quietHoursEnd(end, { quietFrom, quietUntil })).toBe(null)
      }
    }
  })
})
