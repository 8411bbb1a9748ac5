import { describe, expect, it } from 'vitest'
import { carryConsent } from './carry-consent.ts'
import type { Consent } from './types.ts'

const spring = new Date('2026-03-01T02:00:00.000Z')
const summer = new Date('2026-06-01T02:00:00.000Z')
const said = (given: Partial<Consent> = {}): Consent => ({
  ...{ purpose: 'receive', statement: 'opted_in', textVersion: 2, statedAt: spring, ...given },
})
const no = (given: Partial<Consent> = {}) => said({ statement: 'opted_out', ...given })
const justAfter = (at: Date) => new Date(at.getTime() + 1)

const scenarios: { says: string; ours: Consent | null; theirs: Consent | null; counts: Date | null }[] = [
  { says: 'nothing said there leaves all as it is', ours: said(), theirs: null, counts: null },
  { says: 'a yes where nothing was said counts since it was said', ours: null, theirs: said(), counts: spring },
  { says: 'a no where nothing was said counts since it was said', ours: null, theirs: no(), counts: spring },
  { says: 'a no later than our yes', ours: said(), theirs: no({ statedAt: summer }), counts: summer },
  {
    says: 'a no older than our yes counts on top of it',
    ours: said({ statedAt: summer }),
    theirs: no(),
    counts: justAfter(summer),
  },
  { says: 'a declined one is a no', ours: said(), theirs: no({ statement: 'declined' }), counts: justAfter(spring) },
  { says: 'a yes never lifts our no', ours: no(), theirs: said({ statedAt: summer }), counts: null },
  { says: 'of two noes the later one', ours: no(), theirs: no({ statedAt: summer }), counts: summer },
  { says: 'of two noes ours when it is the later one', ours: no({ statedAt: summer }), theirs: no(), counts: null },
  { says: 'two yeses to one text', ours: said(), theirs: said({ statedAt: summer }), counts: null },
  { says: 'a yes to a newer text does not renew ours', ours: said({ textVersion: 1 }), theirs: said(), counts: null },
  {
    says: 'a yes to an older text counts on top of ours',
    ours: said({ statedAt: summer }),
    theirs: said({ textVersion: 1 }),
    counts: justAfter(summer),
  },
]

describe('two records of one HCP', () => {
  it.each(scenarios)('[R17] $says', ({ ours, theirs, counts }) => {
    expect(carryConsent(ours, theirs)?.countsFrom ?? null).toEqual(counts)
  })
})
