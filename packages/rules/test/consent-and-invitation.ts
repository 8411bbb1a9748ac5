import { at, before, buildPastSend, hours, now, said, severalSends, shanghai } from './facts.ts'
import type { Given } from './facts.ts'
import type { Scenario } from './scenario.ts'

const january = shanghai('2026-01-05 10:30')
const mayAskAgain = shanghai('2026-04-05 00:00')
const tomorrow = shanghai('2026-03-19 00:00')
const noQuietHours = { quietFrom: 0, quietUntil: 0 }
const anHourAgo = before(now, hours)

/** The invitation, to an HCP of whom this is known. */
function invite(consent: Given['consent'] = {}, rest: Given = {}): Given {
  return { ...rest, consent: { statements: [], ...consent }, content: { class: 'consent', product: '' } }
}

const invitedThen = (facts: ReturnType<typeof buildPastSend>['facts']) =>
  buildPastSend({ class: 'consent', authorisedAt: anHourAgo, facts })

/** The invitation in the welcome of somebody who has just scanned the rep's code. */
function welcome(mode: 0 | 1 | 2, rest: Given = {}): Given {
  return invite(
    {},
    { account: null, ...rest, policy: { disclaimerMode: mode, ...rest.policy }, asked: { welcome: true } },
  )
}

export const consentOfTheSend: Scenario[] = [
  {
    says: '[CONS-01] an HCP who was never asked gets nothing',
    given: { consent: { statements: [] } },
    refuses: [{ reason: 'not_opted_in' }],
  },
  {
    says: '[CONS-02] a yes to another purpose is no yes to receiving',
    given: { consent: { statements: [said('opted_in', { purpose: 'archive' })] } },
    refuses: [{ reason: 'not_opted_in' }],
  },
  {
    says: '[CONS-03] an HCP who declined gets nothing',
    given: { consent: { statements: [said('declined')] } },
    refuses: [{ reason: 'opted_out', since: january }],
  },
  {
    says: '[CONS-04] the newest statement wins: a withdrawal after a yes',
    given: { consent: { statements: [said('opted_out', { statedAt: now }), said('opted_in')] } },
    refuses: [{ reason: 'opted_out', since: now }],
  },
  {
    says: '[CONS-05] the newest statement wins: a yes after a withdrawal',
    given: { consent: { statements: [said('opted_in', { statedAt: now }), said('opted_out')] } },
    refuses: [],
  },
  {
    says: '[CONS-06] of a yes and a no in the same instant the no wins',
    given: { consent: { statements: [said('opted_out'), said('opted_in')] } },
    refuses: [{ reason: 'opted_out', since: january }],
  },
  {
    says: '[CONS-07] the oldest text version that still counts is enough',
    given: { consent: { statements: [said('opted_in', { textVersion: 2 })] } },
    refuses: [],
  },
  {
    says: '[CONS-08] a yes to a text that was materially changed since is outdated',
    given: { consent: { statements: [said('opted_in', { textVersion: 1 })] } },
    refuses: [{ reason: 'consent_outdated' }],
  },
  {
    says: '[CONS-09] a consent of 72 days has run out at the 72nd midnight',
    ...at('2026-03-18 00:00', { policy: { ...noQuietHours, consentDays: 72 } }),
    refuses: [{ reason: 'consent_expired', since: shanghai('2026-03-18 00:00') }],
  },
  {
    says: '[CONS-10] a consent holds until the last millisecond before that midnight',
    ...at('2026-03-17 23:59:59.999', { policy: { ...noQuietHours, consentDays: 72 } }),
    refuses: [],
  },
  {
    says: '[CONS-11] a consent can be outdated and expired at once',
    given: { consent: { statements: [said('opted_in', { textVersion: 1 })] }, policy: { consentDays: 1 } },
    refuses: [{ reason: 'consent_outdated' }, { reason: 'consent_expired', since: shanghai('2026-01-06 00:00') }],
  },
]

export const invitation: Scenario[] = [
  { says: '[CONS-20] an HCP who was never asked may be invited', given: invite(), refuses: [] },
  {
    says: '[CONS-80] where the company asks nothing itself no invitation goes out',
    given: invite({}, { policy: { disclaimerMode: 0 } }),
    refuses: [{ reason: 'invitation_off' }],
  },
  {
    says: '[CONS-81] it does where the company asks when a contact is added as well',
    given: invite({}, { policy: { disclaimerMode: 2 } }),
    refuses: [],
  },
  {
    says: '[CONS-82] what an HCP agreed to on paper may go out wherever the company asks',
    given: { policy: { disclaimerMode: 0 } },
    refuses: [],
  },
  { says: '[CONS-83] the welcome asks whoever is added where the company wants it', given: welcome(2), refuses: [] },
  {
    says: '[CONS-84] where it asks after the match the welcome does not',
    given: welcome(1),
    refuses: [{ reason: 'invitation_off' }],
  },
  {
    says: '[CONS-85] nor where it asks nothing',
    given: welcome(0),
    refuses: [{ reason: 'invitation_off' }],
  },
  {
    says: '[CONS-86] who scans at night is answered at night, also in hours of their own',
    ...at('2026-03-18 23:30', {
      ...welcome(2),
      account: { wishes: { unwanted: [], mostPerMonth: null, quietHours: { quietFrom: 1380, quietUntil: 1420 } } },
      rep: {},
    }),
    refuses: [],
  },
  {
    says: '[CONS-87] a rep cannot have a piece taken for a welcome',
    given: { ...welcome(2), content: { class: 'scientific' } },
    refuses: [{ reason: 'account_not_matched' }],
  },
  {
    says: '[CONS-88] who declined is not asked again by adding a second rep',
    given: { ...welcome(2, { account: {} }), consent: { statements: [said('declined')] } },
    refuses: [{ reason: 'asked_again_too_soon', since: january, until: mayAskAgain }],
  },
  {
    says: '[CONS-89] the welcome goes through the rest of the gate like any invitation',
    given: { ...welcome(2), rep: { active: false }, contact: { followed: false } },
    refuses: [{ reason: 'rep_inactive' }, { reason: 'contact_not_yours' }],
  },
  {
    says: '[CONS-21] an HCP who declined is not asked again before the 90th day',
    given: invite({ statements: [said('declined')] }),
    refuses: [{ reason: 'asked_again_too_soon', since: january, until: mayAskAgain }],
  },
  {
    says: '[CONS-22] an HCP who withdrew is not asked again before the 90th day',
    given: invite({ statements: [said('opted_in'), said('opted_out', { statedAt: now })] }),
    refuses: [{ reason: 'asked_again_too_soon', since: now, until: shanghai('2026-06-16 00:00') }],
  },
  {
    says: '[CONS-23] one day too few is still too soon',
    given: invite({ statements: [said('declined')] }, { policy: { askAgainDays: 73 } }),
    refuses: [{ reason: 'asked_again_too_soon', since: january, until: tomorrow }],
  },
  {
    says: '[CONS-24] from the midnight of the set day the HCP may be asked again',
    ...at(
      '2026-03-18 00:00',
      invite({ statements: [said('declined')] }, { policy: { ...noQuietHours, askAgainDays: 72 } }),
    ),
    refuses: [],
  },
  {
    says: '[CONS-25] an invitation of today waits for its answer',
    given: invite({ invitedAt: anHourAgo }),
    refuses: [{ reason: 'asked_again_too_soon', since: anHourAgo, until: tomorrow }],
  },
  {
    says: '[CONS-26] an invitation of yesterday that stayed unanswered may be repeated',
    ...at('2026-03-18 00:00', invite({ invitedAt: shanghai('2026-03-17 21:59') }, { policy: noQuietHours })),
    refuses: [],
  },
  {
    says: '[CONS-27] an HCP who is opted in can be sent the invitation',
    given: invite({ statements: [said('opted_in')] }),
    refuses: [],
  },
  {
    says: '[CONS-28] an invitation of today that was answered with a yes does not stand in the way',
    given: invite({ invitedAt: anHourAgo, statements: [said('opted_in', { statedAt: anHourAgo })] }),
    refuses: [],
  },
  {
    says: '[CONS-29] nobody is flooded with invitations for having said yes',
    given: invite({ invitedAt: anHourAgo, statements: [said('opted_in')] }),
    refuses: [{ reason: 'asked_again_too_soon', since: anHourAgo, until: tomorrow }],
  },
  {
    says: '[CONS-30] a yes to an outdated text may be asked for anew',
    given: invite({ statements: [said('opted_in', { textVersion: 1 })] }),
    refuses: [],
  },
  {
    says: '[CONS-31] an invitation that failed in the client can be repeated at once',
    given: invite({ invitedAt: anHourAgo }, { pastSends: [invitedThen(['A', 'H', 'F'])] }),
    refuses: [],
  },
  {
    says: '[CONS-32] an invitation of unknown outcome may have arrived and is waited for',
    given: invite({ invitedAt: anHourAgo }, { pastSends: [invitedThen(['A', 'H', 'T'])] }),
    refuses: [{ reason: 'asked_again_too_soon', since: anHourAgo, until: tomorrow }],
  },
  {
    says: '[CONS-33] a fourth cancelled invitation of the day is no longer believed',
    given: invite(
      {},
      { pastSends: severalSends(4, { class: 'consent', authorisedAt: now, facts: ['A', 'C'] }).toReversed() },
    ),
    refuses: [{ reason: 'asked_again_too_soon', since: new Date(now.getTime() + 180_000), until: tomorrow }],
  },
  {
    says: '[CONS-34] the invitation goes through the rest of the gate like any piece',
    given: { ...invite(), account: { pausedUntil: tomorrow }, policy: { market: 'HK' } },
    refuses: [
      { reason: 'wrong_market', about: 'CN' },
      { reason: 'hcp_paused', until: tomorrow },
    ],
  },
]
