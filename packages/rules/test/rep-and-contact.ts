import { before, hours, minutes, now, shanghai } from './facts.ts'
import type { Scenario } from './scenario.ts'

const invitation = { class: 'consent', product: '' } as const

export const repAndContact: Scenario[] = [
  { says: '[SEND-01] an approved piece to an opted-in HCP goes out', given: {}, refuses: [] },
  {
    says: '[SEND-02] a rep who has left sends nothing',
    given: { rep: { active: false } },
    refuses: [{ reason: 'rep_inactive' }],
  },
  {
    says: '[SEND-03] a rep whose employment was never proven sends nothing',
    given: { rep: { employmentProvedAt: null } },
    refuses: [{ reason: 'employment_proof_stale' }],
  },
  {
    says: '[SEND-04] an employment proof of exactly 15 minutes still holds',
    given: { rep: { employmentProvedAt: before(now, 15 * minutes) } },
    refuses: [],
  },
  {
    says: '[SEND-05] an employment proof a millisecond older no longer holds',
    given: { rep: { employmentProvedAt: before(now, 15 * minutes + 1) } },
    refuses: [{ reason: 'employment_proof_stale', since: before(now, 1) }],
  },
  {
    says: '[SEND-06] a rep who is not filed with the authority sends nothing',
    given: { rep: { filingNumber: null } },
    refuses: [{ reason: 'rep_not_entitled' }],
  },
  {
    says: '[SEND-07] a blank filing number is no filing',
    given: { rep: { filingNumber: '  ' } },
    refuses: [{ reason: 'rep_not_entitled' }],
  },
  {
    says: '[SEND-08] a filing that ends this very moment has ended',
    given: { rep: { filedUntil: now } },
    refuses: [{ reason: 'rep_not_entitled', since: now }],
  },
  {
    says: '[SEND-09] a filing that ends in a millisecond still holds',
    given: { rep: { filedUntil: new Date(now.getTime() + 1) } },
    refuses: [],
  },
  { says: '[SEND-10] a filing without an end holds', given: { rep: { filedUntil: null } }, refuses: [] },
  {
    says: '[SEND-11] the invitation asks for a filed rep too',
    given: { rep: { filingNumber: null }, content: invitation },
    refuses: [{ reason: 'rep_not_entitled' }],
  },
  {
    says: "[SEND-12] a piece about a product that is not the rep's is refused",
    given: { rep: { products: ['placebol'] } },
    refuses: [{ reason: 'product_not_assigned', about: 'examplin' }],
  },
  {
    says: '[SEND-13] a piece about no product needs none',
    given: { rep: { products: [] }, content: { product: '', class: 'non_promotional' } },
    refuses: [],
  },
  {
    says: '[SEND-14] the invitation needs no product, even if it names one',
    given: { rep: { products: [] }, content: { class: 'consent' } },
    refuses: [],
  },
  {
    says: '[SEND-110] a piece for other territories than the rep’s is refused',
    given: { account: null, content: { territories: ['hangzhou'] } },
    refuses: [{ reason: 'rep_not_in_reach', about: 'territory' }, { reason: 'account_not_matched' }],
  },
  {
    says: '[SEND-111] a piece for a group the rep is not in is refused',
    given: { content: { repGroups: ['pilot'] } },
    refuses: [{ reason: 'rep_not_in_reach', about: 'group' }],
  },
  {
    says: '[SEND-15] a contact of another rep is refused',
    given: { contact: { followed: false } },
    refuses: [{ reason: 'contact_not_yours' }],
  },
  {
    says: '[SEND-16] a contact who was never confirmed is refused',
    given: { contact: { provedAt: null } },
    refuses: [{ reason: 'contact_proof_stale' }],
  },
  {
    says: '[SEND-17] a contact proof of exactly 24 hours still holds',
    given: { contact: { provedAt: before(now, 24 * hours) } },
    refuses: [],
  },
  {
    says: '[SEND-18] a contact proof a second older no longer holds',
    given: { contact: { provedAt: before(now, 24 * hours + 1000) } },
    refuses: [{ reason: 'contact_proof_stale', since: before(now, 1000) }],
  },
  {
    says: '[SEND-19] nothing goes into a group chat',
    given: { contact: { group: true } },
    refuses: [{ reason: 'group_chat' }],
  },
  {
    says: '[SEND-20] a contact without account is only told so, not what an account would fail',
    given: { account: null, consent: { statements: [] }, content: { audience: ['oncology'] } },
    refuses: [{ reason: 'account_not_matched' }],
  },
  {
    says: '[SEND-21] a contact without account is still not disturbed at night',
    given: { account: null, rep: { employmentProvedAt: shanghai('2026-03-18 23:00') } },
    at: shanghai('2026-03-18 23:00'),
    refuses: [{ reason: 'account_not_matched' }, { reason: 'quiet_hours', until: shanghai('2026-03-19 08:00') }],
  },
  {
    says: '[SEND-26] a match that waits for a second look is as good as none, and says so',
    given: { account: null, contact: { matchWaits: true } },
    refuses: [{ reason: 'match_not_reviewed' }],
  },
  {
    says: '[SEND-22] an inactive account gets nothing',
    given: { account: { active: false } },
    refuses: [{ reason: 'account_inactive' }],
  },
  {
    says: "[SEND-23] an account outside the rep's territories is refused",
    given: { account: { territory: 'hangzhou' } },
    refuses: [{ reason: 'other_territory', about: 'hangzhou' }],
  },
  {
    says: '[SEND-24] someone who is not a verified HCP gets nothing, whatever the class',
    given: { account: { hcpVerified: false }, content: { class: 'non_promotional' } },
    refuses: [{ reason: 'hcp_not_verified' }],
  },
  {
    says: '[SEND-25] not even an invitation goes to someone who is not a verified HCP',
    given: { account: { hcpVerified: false }, content: invitation },
    refuses: [{ reason: 'hcp_not_verified' }],
  },
]
