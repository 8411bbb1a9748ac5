import { describe, expect, test } from 'vitest'
import { random } from '../test/random.ts'
import { factKinds, verdicts } from './types.ts'
import type { FactKind, Verdict } from './types.ts'
import { verdict } from './verdict.ts'

/** The oracle of assurance.md 2.3. */
const expected: Record<Verdict, number> = {
  NONE: 1024,
  OFF_SYSTEM: 1024,
  OPEN: 2,
  SENT_PROVEN: 1024,
  SENT_RECALLED: 1024,
  SENT_OPENED: 128,
  SENT_CLIENT: 16,
  SENT_DISPUTED: 64,
  SENT_ADJUDICATED: 512,
  NOT_SENT_ADJUDICATED: 512,
  NOT_SENT_PROVEN: 64,
  CANCELLED: 16,
  FAILED: 16,
  CONFLICT: 708,
  UNKNOWN: 2,
  UNKNOWN_ATTESTED_SENT: 4,
  UNKNOWN_ATTESTED_NOT: 4,
}

/** Every subset of the 14 kinds in which V has its M, M excludes N and O has its A. */
const legalSets = subsets(factKinds).filter((facts) => {
  const has = (fact: FactKind) => facts.includes(fact)
  return (!has('V') || has('M')) && !(has('M') && has('N')) && (!has('O') || has('A'))
})

describe('what a set of facts amounts to', () => {
  test('there are 6,144 legal sets and each has exactly the verdict the oracle counts', () => {
    const counted = Object.fromEntries(verdicts.map((name) => [name, 0])) as Record<Verdict, number>
    for (const facts of legalSets) counted[verdict(facts)] += 1

    expect(legalSets).toHaveLength(6144)
    expect(counted).toEqual(expected)
  })

  test('neither the order of facts nor their repetition changes a verdict', () => {
    const draw = random(6144)
    for (const facts of legalSets) {
      const shuffled = [...facts, ...facts.filter(() => draw() < 0.5)]
        .map((fact) => ({ fact, place: draw() }))
        .sort((one, other) => one.place - other.place)
        .map(({ fact }) => fact)
      expect(verdict(shuffled)).toBe(verdict(facts))
      expect(verdict(new Set(facts.toReversed()))).toBe(verdict(facts))
    }
  })

  test('that the payload was handed to the client changes no verdict', () => {
    for (const facts of legalSets) {
      expect(verdict(facts.filter((fact) => fact !== 'H'))).toBe(verdict(facts))
    }
  })

  test('archive evidence of an authorised send always ends in a sent verdict', () => {
    for (const facts of legalSets) {
      if (!facts.includes('A') || !facts.includes('M')) continue
      expect(verdict(facts)).toBe(facts.includes('V') ? 'SENT_RECALLED' : 'SENT_PROVEN')
    }
  })

  test('no not-sent verdict stands against an ok or an opening unless a person adjudicated it', () => {
    const notSent: Verdict[] = ['NOT_SENT_PROVEN', 'CANCELLED', 'FAILED', 'UNKNOWN_ATTESTED_NOT']
    for (const facts of legalSets) {
      const status = verdict(facts)
      if (facts.includes('K') || facts.includes('O')) expect(notSent).not.toContain(status)
      if (status === 'NOT_SENT_ADJUDICATED') expect(facts).toContain('X-')
    }
  })

  test('the deadline only ever turns an open send into an unknown one', () => {
    for (const facts of legalSets) {
      const without = facts.filter((fact) => fact !== 'T')
      const expectedNow = verdict(without) === 'OPEN' && facts.includes('T') ? 'UNKNOWN' : verdict(without)
      expect(verdict(facts)).toBe(expectedNow)
    }
  })
})

function subsets(kinds: readonly FactKind[]): FactKind[][] {
  return kinds.reduce<FactKind[][]>((sets, kind) => sets.flatMap((set) => [set, [...set, kind]]), [[]])
}
