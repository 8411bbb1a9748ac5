import { describe, expect, test } from 'vitest'
import { sendClass, sendClasses } from './send-class.ts'
import { factKinds, verdicts, type FactKind, type Verdict } from './types.ts'
import { verdict } from './verdict.ts'

const scenarios: { says: string; facts: FactKind[]; counts: ReturnType<typeof sendClass> }[] = [
  { says: 'only released', facts: ['A'], counts: 'open' },
  { says: 'seen in the archive', facts: ['A', 'K', 'O', 'M'], counts: 'proven' },
  { says: 'recalled after it arrived', facts: ['A', 'M', 'V'], counts: 'proven' },
  { says: 'opened by the doctor', facts: ['A', 'T', 'O'], counts: 'opened' },
  { says: 'nothing but the word of WeCom on the phone', facts: ['A', 'H', 'K'], counts: 'client' },
  { says: 'silence', facts: ['A', 'H', 'T'], counts: 'unknown' },
  { says: 'the word of a rep, which leaves it unknown', facts: ['A', 'T', 'R+'], counts: 'unknown' },
  { says: 'cancelled', facts: ['A', 'C'], counts: 'cancelled' },
  { says: 'failed', facts: ['A', 'F'], counts: 'failed' },
  { says: 'absent from the archive', facts: ['A', 'C', 'N'], counts: 'not_sent' },
  { says: 'facts against each other', facts: ['A', 'K', 'C'], counts: 'exception' },
  { says: 'settled by a person', facts: ['A', 'T', 'X+'], counts: 'exception' },
  { says: 'not ours', facts: ['M'], counts: null },
]

describe('what a send is counted as', () => {
  test.each(scenarios)('[REP-01] $says: $counts', ({ facts, counts }) => {
    expect(sendClass(verdict(facts))).toBe(counts)
  })

  test('[REP-01] every set of facts with a release is exactly one class', () => {
    for (let set = 0; set < 2 ** factKinds.length; set += 1) {
      const facts = factKinds.filter((_, place) => set & (1 << place))
      expect(sendClass(verdict(facts)) !== null).toBe(facts.includes('A'))
    }
  })

  test('[REP-01] every class is what some verdict means', () => {
    const meant = new Set(verdicts.map((one: Verdict) => sendClass(one)))
    expect(sendClasses.filter((one) => !meant.has(one))).toEqual([])
  })
})
