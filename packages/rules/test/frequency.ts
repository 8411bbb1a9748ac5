import { at, before, buildPastSend, now, severalSends, shanghai, wishing } from './facts.ts'
import type { Scenario } from './scenario.ts'

const april = shanghai('2026-04-01 00:00')
const tomorrow = shanghai('2026-03-19 00:00')

const sameDocument = (authorisedAt: Date) => buildPastSend({ documentId: 'examplin-leaflet', authorisedAt })

const noon = { quietFrom: 12 * 60, quietUntil: 14 * 60 }
export const frequency: Scenario[] = [
  {
    says: '[SEND-70] an HCP who asked for a pause is left alone until it ends',
    given: { account: { pausedUntil: new Date(now.getTime() + 1) } },
    refuses: [{ reason: 'hcp_paused', until: new Date(now.getTime() + 1) }],
  },
  { says: '[SEND-71] a pause that ends this moment is over', given: { account: { pausedUntil: now } }, refuses: [] },
  { says: '[CAP-01] the fourth send of the month goes out', given: { pastSends: severalSends(3) }, refuses: [] },
  {
    says: '[CAP-02] the fifth send of the month waits for the next',
    given: { pastSends: severalSends(4) },
    refuses: [{ reason: 'cap_reached', count: 4, limit: 4, until: april }],
  },
  {
    says: '[CAP-03] sends of all reps count together',
    given: { pastSends: [...severalSends(2), ...severalSends(2, { repId: 'zhou-min' })] },
    refuses: [{ reason: 'cap_reached', count: 4, limit: 4, until: april }],
  },
  {
    says: '[CAP-04] an invitation goes out even when the cap is reached',
    given: { pastSends: severalSends(4), content: { class: 'consent' } },
    refuses: [],
  },
  {
    says: '[CAP-05] a policy of no sends at all refuses the first',
    given: { policy: { sendsPerMonth: 0 } },
    refuses: [{ reason: 'cap_reached', count: 0, limit: 0, until: april }],
  },
  {
    says: '[CAP-06] at 00:00 Shanghai on the first the cap is whole again, though it is still March in UTC',
    ...at('2026-04-01 00:00', {
      pastSends: severalSends(4, { authorisedAt: shanghai('2026-03-31 20:00') }),
      policy: { quietFrom: 0, quietUntil: 0 },
    }),
    refuses: [],
  },
  {
    says: '[CAP-07] a second before, the cap is still reached',
    ...at('2026-03-31 23:59:59', {
      pastSends: severalSends(4, { authorisedAt: shanghai('2026-03-31 20:00') }),
      policy: { quietFrom: 0, quietUntil: 0 },
    }),
    refuses: [{ reason: 'cap_reached', count: 4, limit: 4, until: april }],
  },
  {
    says: '[WISH-01] an HCP who wants two a month gets the second',
    given: { account: { wishes: wishing({ mostPerMonth: 2 }) }, pastSends: severalSends(1) },
    refuses: [],
  },
  {
    says: '[WISH-02] and not the third, from whichever rep',
    given: {
      account: { wishes: wishing({ mostPerMonth: 2 }) },
      pastSends: [...severalSends(1), ...severalSends(1, { repId: 'zhou-min' })],
    },
    refuses: [{ reason: 'hcp_cap_reached', count: 2, limit: 2, until: april }],
  },
  {
    says: '[WISH-03] a wish for more than the policy allows loosens nothing',
    given: { account: { wishes: wishing({ mostPerMonth: 9 }) }, pastSends: severalSends(4) },
    refuses: [{ reason: 'cap_reached', count: 4, limit: 4, until: april }],
  },
  {
    says: '[WISH-04] both limits are named when both are reached',
    given: { account: { wishes: wishing({ mostPerMonth: 0 }) }, pastSends: severalSends(4) },
    refuses: [
      { reason: 'cap_reached', count: 4, limit: 4, until: april },
      { reason: 'hcp_cap_reached', count: 4, limit: 0, until: april },
    ],
  },
  {
    says: '[WISH-05] nothing about a product the HCP does not want to hear of',
    given: { account: { wishes: wishing({ unwanted: ['other', 'examplin'] }) } },
    refuses: [{ reason: 'topic_unwanted', about: 'examplin' }],
  },
  {
    says: '[WISH-06] other products go out',
    given: { account: { wishes: wishing({ unwanted: ['other'] }) } },
    refuses: [],
  },
  {
    says: '[WISH-07] an invitation to consent is about no product and uses no month',
    given: {
      account: { wishes: wishing({ unwanted: ['examplin'], mostPerMonth: 0 }) },
      content: { class: 'consent' },
    },
    refuses: [],
  },
  {
    says: '[WISH-08] the HCP’s own hours of rest begin on their minute',
    ...at('2026-03-18 12:00:00', { account: { wishes: wishing({ quietHours: noon }) } }),
    refuses: [{ reason: 'hcp_quiet_hours', until: shanghai('2026-03-18 14:00') }],
  },
  {
    says: '[WISH-09] and are over on their minute',
    ...at('2026-03-18 14:00:00', { account: { wishes: wishing({ quietHours: noon }) } }),
    refuses: [],
  },
  {
    says: '[WISH-10] they do not loosen the company’s',
    ...at('2026-03-18 22:00:00', { account: { wishes: wishing({ quietHours: noon }) } }),
    refuses: [{ reason: 'quiet_hours', until: shanghai('2026-03-19 08:00') }],
  },
  { says: '[SEND-72] a second before the quiet hours a piece goes out', ...at('2026-03-18 21:59:59'), refuses: [] },
  {
    says: '[SEND-73] quiet hours begin at 22:00 sharp and end next morning',
    ...at('2026-03-18 22:00:00'),
    refuses: [{ reason: 'quiet_hours', until: shanghai('2026-03-19 08:00') }],
  },
  {
    says: '[SEND-74] after midnight quiet hours end the same morning',
    ...at('2026-03-19 00:00:00'),
    refuses: [{ reason: 'quiet_hours', until: shanghai('2026-03-19 08:00') }],
  },
  {
    says: '[SEND-75] a millisecond before 08:00 it is still quiet',
    ...at('2026-03-18 07:59:59.999'),
    refuses: [{ reason: 'quiet_hours', until: shanghai('2026-03-18 08:00') }],
  },
  { says: '[SEND-76] at 08:00 sharp pieces go out again', ...at('2026-03-18 08:00:00'), refuses: [] },
  {
    says: '[SEND-77] quiet hours within one day hold within that day',
    given: { policy: { quietFrom: 12 * 60, quietUntil: 14 * 60 } },
    refuses: [{ reason: 'quiet_hours', until: shanghai('2026-03-18 14:00') }],
  },
  {
    says: '[SEND-78] equal borders mean no quiet hours',
    given: { policy: { quietFrom: 12 * 60, quietUntil: 12 * 60 } },
    refuses: [],
  },
  {
    says: '[SEND-79] the same document 13 Shanghai days ago is recent',
    given: { pastSends: [sameDocument(shanghai('2026-03-05 00:00'))] },
    refuses: [{ reason: 'sent_recently', since: shanghai('2026-03-05 00:00'), until: tomorrow }],
  },
  {
    says: '[SEND-80] the same document 14 Shanghai days ago is not',
    given: { pastSends: [sameDocument(before(shanghai('2026-03-05 00:00'), 1))] },
    refuses: [],
  },
  {
    says: '[SEND-86] it may go again from the midnight of the 14th day',
    ...at('2026-03-19 00:00', {
      pastSends: [sameDocument(shanghai('2026-03-05 23:59'))],
      policy: { quietFrom: 0, quietUntil: 0 },
    }),
    refuses: [],
  },
  {
    says: '[SEND-81] of several the newest is told',
    given: { pastSends: [sameDocument(shanghai('2026-03-10 09:00')), sameDocument(shanghai('2026-03-07 09:00'))] },
    refuses: [{ reason: 'sent_recently', since: shanghai('2026-03-10 09:00'), until: shanghai('2026-03-24 00:00') }],
  },
  {
    says: '[SEND-82] a rep who knows may send the same document again',
    given: { pastSends: [sameDocument(shanghai('2026-03-10 09:00'))], asked: { again: true } },
    refuses: [],
  },
  {
    says: '[SEND-83] asking again does not lift the cap',
    given: { pastSends: severalSends(4, { documentId: 'examplin-leaflet' }), asked: { again: true } },
    refuses: [{ reason: 'cap_reached', count: 4, limit: 4, until: april }],
  },
  {
    says: '[SEND-84] a send that was cancelled can be repeated at once',
    given: { pastSends: [{ ...sameDocument(now), facts: ['A', 'H', 'C'] }] },
    refuses: [],
  },
  {
    says: '[SEND-85] a send of unknown outcome counts as recent',
    given: { pastSends: [{ ...sameDocument(shanghai('2026-03-18 09:00')), facts: ['A', 'H', 'T'] }] },
    refuses: [{ reason: 'sent_recently', since: shanghai('2026-03-18 09:00'), until: shanghai('2026-04-01 00:00') }],
  },
]
