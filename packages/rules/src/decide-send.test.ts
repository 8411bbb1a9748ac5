import { describe, expect, test } from 'vitest'
import { consentOfTheSend, invitation } from '../test/consent-and-invitation.ts'
import { contentAndMessage } from '../test/content-and-message.ts'
import { buildPastSend, buildSendFacts, now, severalSends, shanghai } from '../test/facts.ts'
import { frequency } from '../test/frequency.ts'
import { arbitraryFacts, arbitraryInstant, random } from '../test/random.ts'
import { repAndContact } from '../test/rep-and-contact.ts'
import type { Scenario } from '../test/scenario.ts'
import { decideSend } from './decide-send.ts'
import { refusalReasons } from './types.ts'
import type { SendDecision, SendFacts } from './types.ts'

const together: Scenario[] = [
  {
    says: '[SEND-90] every reason is told, in the order of the gate',
    given: {
      rep: { active: false, employmentProvedAt: null, filingNumber: null, products: [], territories: [] },
      contact: { followed: false, provedAt: null, group: true },
      account: { active: false, hcpVerified: false, pausedUntil: shanghai('2026-03-20 00:00') },
      consent: { statements: [] },
      content: { state: 'draft', bytesMatch: false, market: 'HK', audience: ['oncology'], kinds: [], fileBytes: 0 },
      pastSends: [...severalSends(4), buildPastSend({ documentId: 'examplin-leaflet' })],
      policy: { quietFrom: 0, quietUntil: 1440 },
      asked: { kind: 'file' },
    },
    refuses: [
      { reason: 'rep_inactive' },
      { reason: 'employment_proof_stale' },
      { reason: 'rep_not_entitled' },
      { reason: 'product_not_assigned', about: 'examplin' },
      { reason: 'contact_not_yours' },
      { reason: 'contact_proof_stale' },
      { reason: 'group_chat' },
      { reason: 'account_inactive' },
      { reason: 'other_territory', about: 'shanghai-west' },
      { reason: 'hcp_not_verified' },
      { reason: 'not_opted_in' },
      { reason: 'content_not_approved' },
      { reason: 'content_changed' },
      { reason: 'wrong_market', about: 'HK' },
      { reason: 'wrong_audience', about: 'cardiology' },
      { reason: 'kind_not_allowed', about: 'file' },
      { reason: 'file_too_large', about: 'too_small', count: 0, limit: 5 },
      { reason: 'media_not_ready' },
      { reason: 'hcp_paused', until: shanghai('2026-03-20 00:00') },
      { reason: 'cap_reached', count: 5, limit: 4, until: shanghai('2026-04-01 00:00') },
      { reason: 'quiet_hours', until: shanghai('2026-03-19 00:00') },
      { reason: 'sent_recently', since: shanghai('2026-03-17 12:00'), until: shanghai('2026-03-31 00:00') },
    ],
  },
]

const scenarios = [
  ...repAndContact,
  ...consentOfTheSend,
  ...invitation,
  ...contentAndMessage,
  ...frequency,
  ...together,
]

describe('whether a send may happen', () => {
  test.each(scenarios)('$says', ({ given, at = now, refuses }) => {
    expect(refusals(decideSend(buildSendFacts(given), at))).toEqual(refuses)
  })

  test('[SEND-91] every reason there is has a scenario that provokes it', () => {
    const provoked = new Set(scenarios.flatMap((scenario) => scenario.refuses.map((refusal) => refusal.reason)))
    expect(refusalReasons.filter((reason) => !provoked.has(reason))).toEqual([])
  })

  test('every scenario has its own id', () => {
    const ids = scenarios.map((scenario) => scenario.says.slice(0, scenario.says.indexOf(']')))
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('of any facts whatever', () => {
  const draw = random(20260318)
  const drawn = Array.from({ length: 2000 }, () => {
    const at = arbitraryInstant(draw)
    return { facts: arbitraryFacts(draw, at), at }
  })

  test('some are allowed and some refused, or the rest would prove nothing', () => {
    const allowed = drawn.filter(({ facts, at }) => decideSend(facts, at).allowed)
    expect(allowed.length).toBeGreaterThan(100)
    expect(allowed.length).toBeLessThan(1900)
  })

  test('[SEND-92] reasons come in the order of the gate, and a refused send has at least one', () => {
    for (const { facts, at } of drawn) {
      const decision = decideSend(facts, at)
      const places = refusals(decision).map((refusal) => refusalReasons.indexOf(refusal.reason))
      expect(places).toEqual([...places].sort((one, other) => one - other))
      expect(decision.allowed).toBe(places.length === 0)
    }
  })

  test('[SEND-93] the order in which statements and earlier sends were read does not matter', () => {
    for (const { facts, at } of drawn) {
      expect(decideSend(readBackwards(facts), at)).toEqual(decideSend(facts, at))
    }
  })

  test('[SEND-94] deciding changes none of the facts it weighs', () => {
    for (const { facts, at } of drawn) {
      const copy = structuredClone(facts)
      decideSend(facts, at)
      expect(facts).toEqual(copy)
    }
  })

  test('[SEND-95] a refusal that ends by itself ends after now, and one that began did so by now', () => {
    for (const { facts, at } of drawn) {
      for (const { until, since } of refusals(decideSend(facts, at))) {
        if (until) expect(until.getTime()).toBeGreaterThan(at.getTime())
        if (since && !facts.pastSends.some((send) => send.authorisedAt > at)) {
          expect(since.getTime()).toBeLessThanOrEqual(at.getTime())
        }
      }
    }
  })

  test('[SEND-96] right after a withdrawal nothing is allowed, not even an invitation', () => {
    for (const { facts, at } of drawn) {
      const withdrawal = { purpose: 'receive', statement: 'opted_out', textVersion: 1, statedAt: at } as const
      const withdrawn = {
        ...facts,
        consent: { ...facts.consent, statements: [...facts.consent.statements, withdrawal] },
      }
      expect(decideSend(withdrawn, at).allowed).toBe(false)
    }
  })
})

function refusals(decision: SendDecision) {
  return decision.allowed ? [] : decision.refusals
}

function readBackwards(facts: SendFacts): SendFacts {
  return {
    ...facts,
    pastSends: facts.pastSends.toReversed(),
    consent: { ...facts.consent, statements: facts.consent.statements.toReversed() },
  }
}
