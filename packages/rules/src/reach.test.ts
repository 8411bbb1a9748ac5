import { describe, expect, test } from 'vitest'
import { reachesAccount, reachesRep } from './reach.ts'
import { stepsOf } from './steps-of.ts'
import { contentClasses } from './types.ts'
import type { AccountFacts, ContentFacts, RepFacts } from './types.ts'

type ForReps = Parameters<typeof reachesRep>[0]
const piece: ForReps = { product: 'P1', market: 'CN', class: 'scientific', territories: [], repGroups: [] }
const rep: Pick<RepFacts, 'products' | 'territories' | 'groups'> = {
  ...{ products: ['P1', 'P2'], territories: ['east', 'west'], groups: ['launch'] },
}

const reps: { says: string; given: Partial<ForReps>; is: boolean }[] = [
  { says: 'a piece for everybody', given: {}, is: true },
  { says: 'a piece of another market', given: { market: 'HK' }, is: false },
  { says: 'a piece about another product', given: { product: 'P3' }, is: false },
  { says: 'a piece about no product', given: { product: '' }, is: true },
  { says: 'an invitation, whatever product it names', given: { class: 'consent', product: 'P3' }, is: true },
  { says: 'a piece for one of two territories', given: { territories: ['west', 'north'] }, is: true },
  { says: 'a piece for another territory', given: { territories: ['north'] }, is: false },
  { says: 'a piece for the rep’s group', given: { repGroups: ['launch', 'pilot'] }, is: true },
  { says: 'a piece for another group', given: { repGroups: ['pilot'] }, is: false },
  {
    says: 'a piece for the territory but another group',
    given: { territories: ['west'], repGroups: ['pilot'] },
    is: false,
  },
]

type ForAccounts = Pick<ContentFacts, 'audience' | 'hospitalGrades' | 'territories'>
const account: Pick<AccountFacts, 'specialty' | 'hospitalGrade' | 'territory'> = {
  ...{ specialty: 'oncology', hospitalGrade: '三级甲等', territory: 'east' },
}
const accounts: { says: string; given: Partial<ForAccounts>; is: boolean }[] = [
  { says: 'everybody', given: {}, is: true },
  { says: 'their specialty', given: { audience: ['cardiology', 'oncology'] }, is: true },
  { says: 'another specialty', given: { audience: ['cardiology'] }, is: false },
  { says: 'their grade of hospital', given: { hospitalGrades: ['三级甲等'] }, is: true },
  { says: 'another grade of hospital', given: { hospitalGrades: ['二级甲等'] }, is: false },
  { says: 'another territory', given: { territories: ['west'] }, is: false },
]

describe('reach', () => {
  test.each(reps)('$says is shown to the rep: $is', ({ given, is }) => {
    expect(reachesRep({ ...piece, ...given }, rep, 'CN')).toBe(is)
  })

  test.each(accounts)('a piece for $says is meant for the HCP: $is', ({ given, is }) => {
    expect(reachesAccount({ audience: [], hospitalGrades: [], territories: [], ...given }, account)).toBe(is)
  })
})

describe('who has to sign', () => {
  test('is told for every class, by at least two different functions', () => {
    for (const one of contentClasses) {
      expect(stepsOf(one)).toContain('compliance')
      expect(new Set(stepsOf(one)).size).toBeGreaterThanOrEqual(2)
    }
  })

  test('is everybody for a class we do not know', () => {
    // the cast stands for what a connector might deliver
    expect(stepsOf('sample' as never)).toEqual(['medical', 'legal', 'compliance'])
  })
})
