import { expect, test } from 'vitest'
import { decideBrake } from './decide-brake.ts'

const calm = { braked: false, waiting: 0, publishedLastMinute: 0, perMinute: 30 }

test.each([
  { says: 'nothing came', facts: calm, brakes: false },
  { says: 'as many as may come', facts: { ...calm, waiting: 30 }, brakes: false },
  { says: 'one more', facts: { ...calm, waiting: 31 }, brakes: true },
  {
    says: 'one more after what was just published',
    facts: { ...calm, waiting: 1, publishedLastMinute: 30 },
    brakes: true,
  },
  { says: '[A46] a thousand in a minute', facts: { ...calm, waiting: 1_000 }, brakes: true },
  { says: 'nothing since, but nobody released it', facts: { ...calm, braked: true }, brakes: true },
  { says: 'a company that looks at each', facts: { ...calm, waiting: 1, perMinute: 0 }, brakes: true },
])('$says', ({ facts, brakes }) => expect(decideBrake(facts)).toBe(brakes))
