import { expect, test } from 'vitest'
import { ago, daysBetween, exact, fullDay, length, ofDay, shortDay } from './format.ts'

const lastMinuteInShanghai = new Date('2026-11-21T15:59:00Z')
const firstMinuteInShanghai = new Date('2026-11-21T16:01:00Z')

test('a day is Shanghai’s, wherever the phone is', () => {
  expect(fullDay(lastMinuteInShanghai)).toBe('2026-11-21')
  expect(fullDay(firstMinuteInShanghai)).toBe('2026-11-22')
  expect(daysBetween(lastMinuteInShanghai, firstMinuteInShanghai)).toBe(1)
})

test('another year is written out', () => {
  expect(shortDay(new Date('2027-03-31T00:00:00Z'), lastMinuteInShanghai)).toBe('2027-03-31')
  expect(shortDay(lastMinuteInShanghai, firstMinuteInShanghai)).toBe('11-21')
})

test('an exact time carries its offset', () => {
  expect(exact(lastMinuteInShanghai)).toBe('2026-11-21 23:59:00 +08:00')
})

test.each([
  ['a moment', 60, { unit: 'now', count: 0 }],
  ['a quarter of an hour', 900, { unit: 'minutes', count: 15 }],
  ['three hours of the same day', 3 * 3_600, { unit: 'hours', count: 3 }],
  ['yesterday evening', 23 * 3_600, { unit: 'days', count: 1 }],
] as const)('%s ago is said in one unit', (_says, seconds, said) => {
  const now = new Date('2026-11-21T12:00:00Z')
  expect(ago(new Date(now.getTime() - seconds * 1_000), now)).toEqual(said)
})

test('lengths and times of day are short', () => {
  expect(length(184)).toBe('3:04')
  expect(ofDay(480)).toBe('8:00')
})
