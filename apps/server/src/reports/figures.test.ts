import { describe, expect, it } from 'vitest'
import { readingBorders, waitingBorders } from './measures.ts'
import { quantile } from './quantile.ts'
import { withheldGroups } from './withhold.ts'

describe('medians from counts by stretch', () => {
  const borders = [10, 20, 40]
  it.each([
    { says: 'nothing counted', counts: [0, 0, 0, 0], part: 0.5, is: null },
    { says: 'all in one stretch: its middle', counts: [0, 4, 0, 0], part: 0.5, is: 15 },
    { says: 'half in the first, half in the third', counts: [2, 0, 2, 0], part: 0.5, is: 10 },
    { says: 'nine of ten', counts: [5, 0, 5, 0], part: 0.9, is: 36 },
    { says: 'longer than the last border: that border', counts: [0, 0, 0, 3], part: 0.5, is: 40 },
  ])('[REP-07] $says', ({ counts, part, is }) => {
    expect(quantile(counts, borders, part)).toBe(is)
  })

  it('[REP-07] a median lies within its stretch, whatever the values', () => {
    for (const all of [readingBorders, waitingBorders]) {
      expect([...all].toSorted((one, other) => one - other)).toEqual(all)
      for (const [place, border] of all.entries()) {
        const counts = all.map((_, at) => (at === place ? 7 : 0))
        expect(quantile(counts, all, 0.5)).toBeGreaterThanOrEqual(all[place - 1] ?? 0)
        expect(quantile(counts, all, 0.5)).toBeLessThanOrEqual(border)
      }
    }
  })
})

describe('what too few doctors read is kept back', () => {
  const of = (groups: Record<string, number>) =>
    [
      ...withheldGroups(
        Object.entries(groups).map(([member, readers]) => ({ member, readers })),
        5,
      ),
    ].toSorted()
  it.each([
    { says: 'large groups are all shown', groups: { a: 5, b: 9 }, hidden: [] },
    { says: 'nobody’s reading is nothing to hide', groups: { a: 0, b: 9 }, hidden: [] },
    { says: 'small groups that are enough together', groups: { a: 3, b: 4, c: 9 }, hidden: ['a', 'b'] },
    { says: 'one small group takes the smallest other with it', groups: { a: 2, b: 6, c: 9 }, hidden: ['a', 'b'] },
    { says: 'only small ones', groups: { a: 1, b: 2 }, hidden: ['a', 'b'] },
  ])('[REP-08] $says', ({ groups, hidden }) => {
    expect(of(groups)).toEqual(hidden)
  })
})
