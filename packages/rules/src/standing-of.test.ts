import { describe, expect, test } from 'vitest'
import { buildPastSend, now, policy, shanghai } from '../test/facts.ts'
import { scriptSince, standingOf, type Standing } from './standing-of.ts'
import { factKinds, type FactKind, type PastSend } from './types.ts'
import { verdict } from './verdict.ts'

const since = shanghai('2026-03-01 00:00')
const own = (facts: FactKind[], changes: Partial<PastSend> = {}) =>
  buildPastSend({ documentId: 'DOC', authorisedAt: shanghai('2026-03-10 09:00'), facts, ...changes })

const scenarios: { says: string; pastSends: PastSend[]; stands: Standing }[] = [
  { says: 'nothing sent is yet to send', pastSends: [], stands: 'to_send' },
  { says: 'what the client took is sent', pastSends: [own(['A', 'H', 'K'])], stands: 'sent' },
  { says: 'what the doctor opened is sent', pastSends: [own(['A', 'H', 'O'])], stands: 'sent' },
  { says: 'what the rep saw in the chat is sent', pastSends: [own(['A', 'H', 'R+'])], stands: 'sent' },
  { says: 'without a word from the client it is unknown', pastSends: [own(['A', 'H'])], stands: 'unknown' },
  { says: 'past its time it still is unknown', pastSends: [own(['A', 'H', 'T'])], stands: 'unknown' },
  { says: 'words against each other are unknown', pastSends: [own(['A', 'H', 'K', 'C'])], stands: 'unknown' },
  { says: 'a cancelled one is yet to send', pastSends: [own(['A', 'H', 'C'])], stands: 'to_send' },
  { says: 'a failed one is yet to send', pastSends: [own(['A', 'H', 'F'])], stands: 'to_send' },
  { says: 'one the rep did not find in the chat is yet to send', pastSends: [own(['A', 'R-'])], stands: 'to_send' },
  { says: 'one taken back from the chat is yet to send', pastSends: [own(['A', 'M', 'V'])], stands: 'to_send' },
  {
    says: 'sent after a cancelled one it is sent',
    pastSends: [own(['A', 'H', 'C']), own(['A', 'H', 'K'])],
    stands: 'sent',
  },
  {
    says: 'cancelled while another one is unknown it is unknown',
    pastSends: [own(['A', 'H', 'C'], { authorisedAt: shanghai('2026-03-11 09:00') }), own(['A', 'H'])],
    stands: 'unknown',
  },
  { says: 'another document says nothing', pastSends: [own(['A', 'K'], { documentId: 'OTHER' })], stands: 'to_send' },
  {
    says: 'what was sent before says nothing',
    pastSends: [own(['A', 'K'], { authorisedAt: shanghai('2026-02-28 23:59') })],
    stands: 'to_send',
  },
  { says: 'what a colleague sent is sent', pastSends: [own(['A', 'K'], { repId: 'colleague' })], stands: 'sent' },
]

describe('a piece of a script', () => {
  test.each(scenarios)('$says', ({ pastSends, stands }) => {
    expect(standingOf('DOC', pastSends, since).standing).toBe(stands)
  })

  test('names the newest send that says so', () => {
    const late = own(['A', 'K'], { sendId: 'late', authorisedAt: shanghai('2026-03-12 09:00') })
    const sends = [own(['A', 'K'], { sendId: 'early' }), late]
    expect(standingOf('DOC', sends, since).send?.sendId).toBe('late')
    expect(standingOf('DOC', sends.toReversed(), since).send?.sendId).toBe('late')
  })

  test('never is yet to send when a client, a doctor or a person says that it arrived', () => {
    for (const one of factKinds)
      for (const other of factKinds) {
        const facts: FactKind[] = ['A', one, other]
        const { standing } = standingOf('DOC', [own(facts)], since)
        if (verdict(facts).startsWith('SENT_') && verdict(facts) !== 'SENT_RECALLED') expect(standing).toBe('sent')
      }
  })
})

describe('a script taken up again', () => {
  test.each([
    { sameItemDays: 14, from: '2026-03-05 00:00' },
    { sameItemDays: 30, from: '2026-02-17 00:00' },
    { sameItemDays: 0, from: '2026-03-05 00:00' },
  ])('with a rest of $sameItemDays days goes on with what was sent since $from', ({ sameItemDays, from }) => {
    expect(scriptSince({ ...policy, sameItemDays }, shanghai('2026-03-18 10:00'))).toEqual(shanghai(from))
  })

  test('is never begun anew while its pieces may not go again', () => {
    expect(scriptSince(policy, now).getTime()).toBeLessThan(now.getTime())
  })
})
