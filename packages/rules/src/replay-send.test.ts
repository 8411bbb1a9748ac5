import { describe, expect, test } from 'vitest'
import { buildPastSend, buildSendFacts, now, policy, severalSends } from '../test/facts.ts'
import { arbitraryFacts, arbitraryInstant, oneOf, random, type Draw } from '../test/random.ts'
import { newestStatement } from './consent-state.ts'
import { decideSend } from './decide-send.ts'
import { replaySend, type KeptDecision } from './replay-send.ts'
import type { Policy, RefusalReason, SendFacts } from './types.ts'

const reasonsOf = (facts: SendFacts, at: Date): RefusalReason[] => {
  const decision = decideSend(facts, at)
  return decision.allowed ? [] : decision.refusals.map(({ reason }) => reason)
}

/** What is kept of a decision when all of it is kept. */
function keep(facts: SendFacts, decidedAt: Date): KeptDecision {
  const { rep, contact, account, consent, content, asked } = facts
  return {
    ...{ decidedAt, reasons: reasonsOf(facts, decidedAt), policy: facts.policy, pastSends: facts.pastSends },
    ...{ employmentProvedAt: rep.employmentProvedAt, contactProvedAt: contact.provedAt },
    account: account && { wishes: account.wishes },
    newestConsent: newestStatement(consent.statements, 'receive'),
    invitedAt: consent.invitedAt,
    content: {
      ...{ documentId: content.documentId, class: content.class, market: content.market },
      ...{ source: content.source, provedAt: content.provedAt },
    },
    ...{ again: asked.again, welcome: asked.welcome ?? false, pastKnown: true },
  }
}

/** A policy of which each setting now and then differs. */
function otherPolicy(draw: Draw, of: Policy): Policy {
  const some = <T>(usual: T, other: T): T => (draw() < 0.6 ? usual : other)
  return {
    ...of,
    sendsPerMonth: some(of.sendsPerMonth, 1 + Math.floor(draw() * 6)),
    quietFrom: some(of.quietFrom, Math.floor(draw() * 1440)),
    quietUntil: some(of.quietUntil, Math.floor(draw() * 1440)),
    sameItemDays: some(of.sameItemDays, Math.floor(draw() * 40)),
    askAgainDays: some(of.askAgainDays, Math.floor(draw() * 120)),
    employmentProofMinutes: some(of.employmentProofMinutes, 60 * 24 * 10),
    contactProofHours: some(of.contactProofHours, 24 * 10),
    consentDays: some(of.consentDays, oneOf(draw, [null, 20, 60])),
    disclaimerMode: some(of.disclaimerMode, oneOf(draw, [0, 1, 2] as const)),
    vaultProofMinutes: some(of.vaultProofMinutes, 30),
    market: some(of.market, 'HK'),
  }
}

describe('a decision under another policy', () => {
  const draw = random(20261126)
  const drawn = Array.from({ length: 3000 }, () => {
    const at = arbitraryInstant(draw)
    const facts = arbitraryFacts(draw, at)
    const other = otherPolicy(draw, facts.policy)
    const pastSends = draw() < 0.5 ? facts.pastSends : facts.pastSends.filter(() => draw() < 0.6)
    return { at, facts, other, pastSends }
  })

  test('[POL-01] is what the gate itself says of these facts, of whatever facts', () => {
    for (const { at, facts, other, pastSends } of drawn) {
      const replayed = replaySend(keep(facts, at), other, pastSends)
      const gate = reasonsOf({ ...facts, policy: other, pastSends }, at)
      expect(replayed.known && [...replayed.reasons].sort()).toEqual([...gate].sort())
    }
  })

  test('[POL-02] some are newly blocked and some newly allowed, or the rest would prove nothing', () => {
    const moved = drawn.map(({ at, facts, other }) => {
      const replayed = replaySend(keep(facts, at), other)
      return [reasonsOf(facts, at).length === 0, replayed.known && replayed.reasons.length === 0].join()
    })
    for (const kind of ['true,false', 'false,true', 'true,true', 'false,false'])
      expect(moved.filter((one) => one === kind).length, kind).toBeGreaterThan(4)
  })
})

describe('what the record does not hold', () => {
  const facts = buildSendFacts({ pastSends: severalSends(2) })
  const kept = keep(facts, now)

  test.each([
    ['[POL-03] the proof of employment', { employmentProvedAt: undefined }, { employmentProofMinutes: 5 }],
    ['[POL-04] the proof of the contact', { contactProvedAt: undefined }, { contactProofHours: 5 }],
    ['[POL-05] what the doctor last said', { newestConsent: undefined }, { consentDays: 30 }],
    ['[POL-06] the doctor’s wishes', { account: { wishes: undefined } }, { sendsPerMonth: 9 }],
    ['[POL-07] all earlier sends', { pastKnown: false }, { sameItemDays: 30 }],
    [
      '[POL-08] when the vault last confirmed it',
      { content: { ...kept.content, source: 'vault' as const, provedAt: undefined } },
      { vaultProofMinutes: 5 },
    ],
  ])('%s is not guessed, and matters only where that setting changes', (_, missing, change) => {
    const held = { ...kept, ...missing }
    expect(replaySend(held, { ...policy, ...change })).toMatchObject({ known: false })
    expect(replaySend(held, { ...policy, quietFrom: 0, quietUntil: 0 })).toEqual({ known: true, reasons: [] })
  })

  test('[POL-09] a record that its own policy does not explain is not taken for known', () => {
    const odd = { ...kept, reasons: ['cap_reached' as const] }
    expect(replaySend(odd, { ...policy, sendsPerMonth: 9 })).toEqual({ known: false, about: ['cap_reached'] })
    expect(replaySend(odd, { ...policy, market: 'HK' })).toEqual({
      known: true,
      reasons: ['cap_reached', 'wrong_market'],
    })
  })

  test('[POL-10] reasons that no setting governs stay', () => {
    const refused = keep(buildSendFacts({ rep: { active: false }, pastSends: severalSends(4) }), now)
    expect(refused.reasons).toEqual(['rep_inactive', 'cap_reached'])
    expect(replaySend(refused, { ...policy, sendsPerMonth: 9 })).toEqual({ known: true, reasons: ['rep_inactive'] })
  })

  test('[POL-11] one more earlier send than then takes the last place under the limit', () => {
    const more = [...severalSends(3), buildPastSend({ sendId: 'another', documentId: 'another-document' })]
    expect(replaySend(kept, policy, more)).toEqual({ known: true, reasons: ['cap_reached'] })
  })
})
