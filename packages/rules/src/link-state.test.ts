import { expect, test } from 'vitest'
import { endedSince, isReplaced, linkState, type LinkFacts, type LinkState, type NextVersion } from './link-state.ts'

const now = new Date('2026-11-21T06:00:00Z')
const live: LinkFacts = {
  class: 'scientific',
  state: 'approved',
  expiresAt: new Date(now.getTime() + 1),
  endedAt: null,
  expiredAt: null,
  supersededAt: null,
  fileHash: 'a',
  approvedHash: 'a',
  sealed: true,
  revokedAt: null,
  receive: 'opted_in',
  receiveStatedAt: now,
  hcpVerified: true,
}

const scenarios: { says: string; given: Partial<LinkFacts>; is: LinkState }[] = [
  { says: 'in force', given: {}, is: 'live' },
  { says: 'that expires this very moment', given: { expiresAt: now }, is: 'expired' },
  { says: 'that never expires', given: { expiresAt: null }, is: 'live' },
  { says: 'marked expired', given: { state: 'expired' }, is: 'expired' },
  { says: 'withdrawn and expired', given: { state: 'withdrawn', expiresAt: now }, is: 'withdrawn' },
  { says: 'withdrawn and taken back', given: { state: 'withdrawn', revokedAt: now }, is: 'withdrawn' },
  { says: 'taken back and replaced', given: { state: 'superseded', revokedAt: now }, is: 'revoked' },
  { says: 'replaced and expired', given: { state: 'superseded', expiresAt: now }, is: 'superseded' },
  { says: 'never approved', given: { state: 'in_review' }, is: 'withdrawn' },
  { says: 'with other bytes', given: { fileHash: 'b' }, is: 'withdrawn' },
  { says: 'with words nobody signed', given: { sealed: false }, is: 'withdrawn' },
  { says: 'ended before its date', given: { expiredAt: now, expiresAt: null }, is: 'expired' },
  { says: 'sent back by a reviewer', given: { state: 'returned' }, is: 'withdrawn' },
  { says: 'without a file, as a phrase', given: { fileHash: null, approvedHash: null }, is: 'live' },
  {
    says: 'to a doctor who said no, withdrawn as well',
    given: { receive: 'opted_out', state: 'withdrawn' },
    is: 'not_consented',
  },
  { says: 'to a doctor who declined', given: { receive: 'declined' }, is: 'not_consented' },
  { says: 'to a doctor never asked', given: { receive: null }, is: 'not_consented' },
  { says: 'inviting a doctor never asked', given: { receive: null, class: 'consent' }, is: 'live' },
  { says: 'to somebody who is no doctor', given: { hcpVerified: false }, is: 'revoked' },
]
test.each(scenarios)('a link $says is $is', ({ given, is }) => expect(linkState({ ...live, ...given }, now)).toBe(is))

test('each end of a link has its own moment', () => {
  const facts = { ...live, endedAt: new Date(1), expiredAt: new Date(2), supersededAt: new Date(3) }
  expect(endedSince(facts, 'withdrawn')).toEqual(new Date(1))
  expect(endedSince(facts, 'expired')).toEqual(new Date(2))
  expect(endedSince({ ...facts, expiredAt: null }, 'expired')).toEqual(live.expiresAt)
  expect(endedSince(facts, 'superseded')).toEqual(new Date(3))
})

const next: NextVersion = {
  ...{ audience: ['oncology'], hospitalGrades: [], territories: ['east'], effectiveAt: now },
  ...{ replacesLinks: true, held: false },
}
const account = { specialty: 'oncology', hospitalGrade: '三级甲等', territory: 'east' }

const replacements: { says: string; link?: Partial<LinkFacts>; next?: Partial<NextVersion>; is: boolean }[] = [
  { says: 'whose owner allows it', is: true },
  { says: 'whose owner does not', next: { replacesLinks: false }, is: false },
  { says: 'that begins tomorrow', next: { effectiveAt: new Date(now.getTime() + 86_400_000) }, is: false },
  { says: 'in quarantine', next: { held: true }, is: false },
  { says: 'for other specialties', next: { audience: ['cardiology'] }, is: false },
  { says: 'for other hospitals', next: { hospitalGrades: ['二级甲等'] }, is: false },
  { says: 'for another territory', next: { territories: ['west'] }, is: false },
  { says: 'while the first is in force', link: { state: 'approved' }, is: false },
  { says: 'after the first was withdrawn', link: { state: 'withdrawn' }, is: false },
  { says: 'after the rep took the link back', link: { revokedAt: now }, is: false },
  { says: 'after the doctor said no', link: { receive: 'opted_out' }, is: false },
]
test.each(replacements)('a next version $says stands at the older link: $is', (given) => {
  const link = { ...live, state: 'superseded' as const, ...given.link }
  expect(isReplaced(link, { ...next, ...given.next }, account, now)).toBe(given.is)
})
