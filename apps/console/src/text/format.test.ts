import { expect, test } from 'vitest'
import { clock, dayAndClock, exact, ranges } from './format.ts'
import { zh } from './zh.ts'

const lateEvening = new Date('2026-11-20T16:30:05.900Z')

test('times are those of Shanghai, also where the day is another one', () => {
  expect(dayAndClock(lateEvening)).toBe('2026-11-21 00:30:05')
  expect(clock(lateEvening)).toBe('00:30:05')
  expect(exact(lateEvening)).toBe('2026-11-21 00:30:05 +08:00')
})

test('a reason shows every fact that came with it', () => {
  const until = new Date('2026-11-30T16:00:00Z')
  expect(zh.send.reasonFacts({ reason: 'cap_reached', count: 4, limit: 4, until })).toBe(
    '4/4 次 · 到 2026-12-01 00:00:00',
  )
  expect(zh.send.reasonFacts({ reason: 'content_expired', since: lateEvening, about: 'v2' })).toBe(
    '自 2026-11-21 00:30:05 · v2',
  )
})

test('a kind of fact this page does not know yet is still shown', () => {
  expect(zh.send.fact('Z9').says).toContain('Z9')
})

test('pages that follow each other are told as one', () => {
  expect(ranges([])).toEqual([])
  expect(ranges([1, 2, 3, 7, 9, 10])).toEqual(['1–3', '7', '9–10'])
})
