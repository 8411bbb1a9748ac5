import { expect, test } from 'vitest'
import { linkState, type LinkFacts, type LinkState } from './link-state.ts'

const now = new Date('2026-11-21T06:00:00Z')
const live: LinkFacts = {
  class: 'scientific',
  state: 'approved',
  expiresAt: new Date(now.getTime() + 1),
  endedAt: null,
  fileHash: 'a',
  approvedHash: 'a',
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
