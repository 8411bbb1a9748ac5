import { describe, expect, test } from 'vitest'
import { before, buildConsentFacts, buildSendFacts, now, policy, said, shanghai } from '../test/facts.ts'
import { arbitraryFacts, arbitraryInstant, random } from '../test/random.ts'
import { checkConsent } from './check-consent.ts'
import { consentState, newestStatement } from './consent-state.ts'
import type { ConsentState } from './consent-types.ts'
import { consentStateNames } from './consent-types.ts'
import type { ConsentFacts } from './types.ts'

const january = shanghai('2026-01-05 10:30')
const february = shanghai('2026-02-05 10:30')
const mayAskAgain = shanghai('2026-04-05 00:00')

const scenarios: {
  says: string
  given: Partial<ConsentFacts>
  consentDays?: number
  at?: Date
  is: ConsentState
}[] = [
  {
    says: '[CONS-60] never asked',
    given: { statements: [] },
    is: { state: 'never', since: null, until: null, invitedAt: null },
  },
  {
    says: '[CONS-61] invited and not answered yet',
    given: { statements: [], invitedAt: january },
    is: { state: 'invited', since: january, until: null, invitedAt: january },
  },
  {
    says: '[CONS-62] opted in until withdrawn',
    given: {},
    is: { state: 'opted_in', since: january, until: null, invitedAt: null },
  },
  {
    says: '[CONS-63] opted in, with the midnight it runs out at',
    given: {},
    consentDays: 365,
    is: { state: 'opted_in', since: january, until: shanghai('2027-01-05 00:00'), invitedAt: null },
  },
  {
    says: '[CONS-64] an answered invitation is no longer open',
    given: { invitedAt: january },
    is: { state: 'opted_in', since: january, until: null, invitedAt: null },
  },
  {
    says: '[CONS-65] declined, with the day the HCP may be asked again',
    given: { statements: [said('declined')] },
    is: { state: 'declined', since: january, until: mayAskAgain, invitedAt: null },
  },
  {
    says: '[CONS-66] withdrawn stays withdrawn while a new invitation is open',
    given: { statements: [said('opted_out')], invitedAt: february },
    is: { state: 'withdrawn', since: january, until: mayAskAgain, invitedAt: february },
  },
  {
    says: '[CONS-67] outdated by a new text, and invited to it',
    given: { oldestValidVersion: 4, textVersion: 4, invitedAt: february },
    is: { state: 'outdated', since: january, until: null, invitedAt: february },
  },
  {
    says: '[CONS-68] expired from its midnight on',
    given: {},
    consentDays: 72,
    at: shanghai('2026-03-18 00:00'),
    is: { state: 'expired', since: shanghai('2026-03-18 00:00'), until: null, invitedAt: null },
  },
  {
    says: '[CONS-69] a millisecond before it is in force',
    given: {},
    consentDays: 72,
    at: before(shanghai('2026-03-18 00:00'), 1),
    is: { state: 'opted_in', since: january, until: shanghai('2026-03-18 00:00'), invitedAt: null },
  },
]

describe('where an HCP stands', () => {
  test.each(scenarios)('$says', ({ given, consentDays, at = now, is }) => {
    const rules = { ...policy, consentDays: consentDays ?? null }
    expect(consentState(buildConsentFacts(given), rules, at)).toEqual(is)
  })

  test('[CONS-70] every state has a scenario', () => {
    const told = scenarios.map((scenario) => scenario.is.state)
    expect(consentStateNames.filter((state) => !told.includes(state))).toEqual([])
  })

  test('[CONS-73] of two statements in the same instant the stricter holds, in whatever order they were read', () => {
    const strictFirst = [said('opted_out'), said('opted_in', { textVersion: 2 }), said('opted_in')]
    for (const stricter of [0, 1]) {
      const statements = strictFirst.slice(stricter)
      for (const order of [statements, statements.toReversed()]) {
        expect(newestStatement(order, 'receive')).toEqual(strictFirst[stricter])
      }
    }
  })

  test('[CONS-71] each purpose stands by itself', () => {
    const facts = buildConsentFacts({ statements: [said('opted_in'), said('declined', { purpose: 'reading_record' })] })
    expect(consentState(facts, policy, now).state).toBe('opted_in')
    expect(consentState(facts, policy, now, 'reading_record').state).toBe('declined')
    expect(consentState(facts, policy, now, 'archive').state).toBe('never')
  })

  test('[CONS-72] a page says opted in exactly when the gate finds consent in force', () => {
    const draw = random(72)
    for (let round = 0; round < 2000; round += 1) {
      const at = arbitraryInstant(draw)
      const { consent, policy: rules } = arbitraryFacts(draw, at)
      const refused = checkConsent({ ...buildSendFacts(), consent, policy: rules }, at).length > 0
      expect(consentState(consent, rules, at).state === 'opted_in').toBe(!refused)
    }
  })
})
