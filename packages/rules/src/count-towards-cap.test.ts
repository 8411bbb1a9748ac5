import { describe, expect, test } from 'vitest'
import { buildPastSend, buildSendFacts, now, severalSends, shanghai, wishing } from '../test/facts.ts'
import { arbitraryInstant, arbitraryPastSend, random } from '../test/random.ts'
import { countTowardsCap, remainingThisMonth } from './count-towards-cap.ts'
import type { FactKind, PastSend } from './types.ts'

const cancelled: FactKind[] = ['A', 'H', 'C']
const failed: FactKind[] = ['A', 'H', 'F']
const evening = shanghai('2026-03-17 23:58')

const scenarios: { says: string; pastSends: PastSend[]; counts: number }[] = [
  { says: '[CAP-20] nothing sent, nothing counted', pastSends: [], counts: 0 },
  { says: '[CAP-21] a send the client took counts', pastSends: [buildPastSend()], counts: 1 },
  { says: '[CAP-22] an open send counts', pastSends: [buildPastSend({ facts: ['A'] })], counts: 1 },
  { says: '[CAP-23] an unknown outcome counts', pastSends: [buildPastSend({ facts: ['A', 'T'] })], counts: 1 },
  {
    says: '[CAP-24] a rep saying later that it was not sent releases nothing',
    pastSends: [buildPastSend({ facts: ['A', 'T', 'R-'] })],
    counts: 1,
  },
  { says: '[CAP-25] a recalled send counts', pastSends: [buildPastSend({ facts: ['A', 'M', 'V'] })], counts: 1 },
  { says: '[CAP-26] a contradiction counts', pastSends: [buildPastSend({ facts: ['A', 'C', 'F'] })], counts: 1 },
  {
    says: '[CAP-27] what is proven unsent does not count',
    pastSends: [buildPastSend({ facts: ['A', 'N'] })],
    counts: 0,
  },
  {
    says: '[CAP-28] what a person adjudged unsent does not count',
    pastSends: [buildPastSend({ facts: ['A', 'K', 'X-'] })],
    counts: 0,
  },
  {
    says: '[CAP-29] three cancelled sends of a day are released',
    pastSends: severalSends(3, { facts: cancelled }),
    counts: 0,
  },
  { says: '[CAP-30] the fourth and fifth are not', pastSends: severalSends(5, { facts: cancelled }), counts: 2 },
  {
    says: '[CAP-31] cancelled and failed ones are counted out of the same three',
    pastSends: [...severalSends(2, { facts: cancelled }), ...severalSends(2, { facts: failed })],
    counts: 1,
  },
  {
    says: '[CAP-32] each rep has three of their own',
    pastSends: [...severalSends(3, { facts: failed }), ...severalSends(3, { facts: failed, repId: 'zhou-min' })],
    counts: 0,
  },
  {
    says: '[CAP-33] each contact has three of their own',
    pastSends: [...severalSends(3, { facts: failed }), ...severalSends(3, { facts: failed, externalUserId: 'chen-2' })],
    counts: 0,
  },
  {
    says: '[CAP-34] at midnight in Shanghai three more are released',
    pastSends: severalSends(4, { facts: failed, authorisedAt: evening }),
    counts: 0,
  },
  {
    says: '[CAP-35] midnight in UTC is no border',
    pastSends: severalSends(4, { facts: failed, authorisedAt: new Date('2026-03-16T23:58:00Z') }),
    counts: 1,
  },
  { says: '[CAP-36] invitations do not count', pastSends: severalSends(3, { class: 'consent' }), counts: 0 },
  {
    says: '[CAP-37] cancelled invitations do not use up what is believed of other sends',
    pastSends: [...severalSends(3, { class: 'consent', facts: cancelled }), ...severalSends(3, { facts: cancelled })],
    counts: 0,
  },
  {
    says: '[CAP-38] a message delivered twice counts twice',
    pastSends: [buildPastSend({ facts: ['A', 'M'], duplicateDeliveries: 1 })],
    counts: 2,
  },
  {
    says: '[CAP-39] the month opens at 00:00 Shanghai on the first',
    pastSends: [buildPastSend({ authorisedAt: shanghai('2026-03-01 00:00') })],
    counts: 1,
  },
  {
    says: '[CAP-40] a millisecond earlier was last month, also where UTC agrees it was February',
    pastSends: [buildPastSend({ authorisedAt: new Date('2026-02-28T15:59:59.999Z') })],
    counts: 0,
  },
  {
    says: '[CAP-41] the next month is not this one',
    pastSends: [buildPastSend({ authorisedAt: shanghai('2026-04-01 00:00') })],
    counts: 0,
  },
]

describe('what counts towards the cap', () => {
  test.each(scenarios)('$says', ({ pastSends, counts }) => {
    expect(countTowardsCap(pastSends, now)).toBe(counts)
  })

  test('[CAP-42] the order in which sends were read does not matter, and none is counted twice', () => {
    const draw = random(42)
    for (let round = 0; round < 1000; round += 1) {
      const pastSends = Array.from({ length: 8 }, (_, nth) => arbitraryPastSend(draw, nth))
      const at = arbitraryInstant(draw)
      const count = countTowardsCap(pastSends, at)
      expect(countTowardsCap(pastSends.toReversed(), at)).toBe(count)
      expect(count).toBeLessThanOrEqual(pastSends.filter((send) => send.class !== 'consent').length)
    }
  })
})

describe('what is left of the cap', () => {
  test.each([
    { says: '[CAP-50] all of it in a fresh month', sent: 0, left: 4 },
    { says: '[CAP-54] of what the HCP wants, when that is less', sent: 1, wanted: 2, left: 1 },
    { says: '[CAP-55] a wish for more adds nothing', sent: 1, wanted: 9, left: 3 },
    { says: '[CAP-51] what was sent is taken off', sent: 3, left: 1 },
    { says: '[CAP-52] nothing when it is reached', sent: 4, left: 0 },
    { says: '[CAP-53] never less than nothing, even after the cap was lowered', sent: 6, left: 0 },
  ])('$says', ({ sent, wanted, left }) => {
    const { account, policy } = buildSendFacts({ account: { wishes: wishing({ mostPerMonth: wanted ?? null }) } })
    expect(remainingThisMonth({ account, pastSends: severalSends(sent), policy }, now)).toBe(left)
  })
})
