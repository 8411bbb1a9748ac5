import { describe, expect, it } from 'vitest'
import { tighterWish } from './tighter-wish.ts'

const none = { unwanted: [], mostPerMonth: null, quietFrom: null, quietUntil: null }
const quiet = (from: number, until: number) => ({ ...none, quietFrom: from * 60, quietUntil: until * 60 })

describe('two wishes of one doctor', () => {
  it.each([
    ['nothing and nothing', none, none, none],
    [
      'products either does not want',
      { ...none, unwanted: ['A'] },
      { ...none, unwanted: ['A', 'B'] },
      { ...none, unwanted: ['A', 'B'] },
    ],
    ['the lower number', { ...none, mostPerMonth: 3 }, { ...none, mostPerMonth: 1 }, { ...none, mostPerMonth: 1 }],
    ['a number where the other has none', none, { ...none, mostPerMonth: 2 }, { ...none, mostPerMonth: 2 }],
    ['quiet where the other has none', none, quiet(12, 14), quiet(12, 14)],
    ['quiet within quiet', quiet(20, 9), quiet(22, 6), quiet(20, 9)],
    ['quiet that overlaps over midnight', quiet(20, 2), quiet(23, 8), quiet(20, 8)],
    ['quiet at noon and at night in one stretch', quiet(12, 14), quiet(22, 6), quiet(22, 14)],
  ])('%s', (_, ours, theirs, both) => {
    expect(tighterWish(ours, theirs)).toEqual(both)
    expect(tighterWish(theirs, ours)).toMatchObject({ mostPerMonth: both.mostPerMonth, quietFrom: both.quietFrom })
  })
})
