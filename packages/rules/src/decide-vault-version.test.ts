import { describe, expect, test } from 'vitest'
import { decideVaultDocument, decideVaultVersion, needsPerson } from './decide-vault-version.ts'
import {
  quarantineReasons,
  vaultEndings,
  type QuarantineReason,
  type VaultEnding,
  type VaultFacts,
  type VaultVerdict,
  type VaultVersionFacts,
} from './vault-types.ts'

const now = new Date('2026-03-02T04:00:00Z')
const later = new Date(now.getTime() + 1)
const days = (count: number) => new Date(now.getTime() - count * 86_400_000)
const states = { sendable: ['Approved'], blocked: ['Withdrawn', 'Expired', 'Obsolete'] }

function at(number: string, state: string, more: Partial<VaultVersionFacts> = {}): VaultVersionFacts {
  const [major = 0, minor = 0] = number.split('.').map(Number)
  return { major, minor, state, binder: false, crosslink: false, forChannel: true, withdrawsAt: null, ...more }
}

const documents: { says: string; versions: VaultVersionFacts[]; is: string | VaultEnding }[] = [
  { says: 'plainly approved', versions: [at('3.0', 'Approved'), at('2.0', 'Superseded')], is: '3.0' },
  {
    says: 'with a draft on top',
    versions: [at('1.0', 'Superseded'), at('2.0', 'Approved'), at('2.1', 'Draft')],
    is: '2.0',
  },
  { says: 'in review on top', versions: [at('2.1', 'In Review'), at('2.0', 'Approved')], is: '2.0' },
  {
    says: '[1.7] withdrawn in 2.0 while 1.0 never left its state',
    versions: [at('1.0', 'Approved'), at('2.0', 'Withdrawn')],
    is: 'state_not_sendable',
  },
  {
    says: 'expired in 2.0 while 1.0 never left its state',
    versions: [at('1.0', 'Approved'), at('2.0', 'Expired')],
    is: 'state_not_sendable',
  },
  {
    says: 'with a draft that was withdrawn on top',
    versions: [at('1.0', 'Approved'), at('1.1', 'Withdrawn')],
    is: 'newest_not_usable',
  },
  { says: 'never approved', versions: [at('0.1', 'Draft'), at('0.3', 'In Review')], is: 'no_approved_version' },
  { says: 'with a 0.0 in an approved state', versions: [at('0.0', 'Approved')], is: 'no_approved_version' },
  { says: 'in a state nobody named', versions: [at('1.0', 'Approuvé')], is: 'state_not_sendable' },
  { says: 'a binder', versions: [at('1.0', 'Approved', { binder: true })], is: 'is_binder' },
  { says: 'a crosslink', versions: [at('1.0', 'Approved', { crosslink: true })], is: 'is_crosslink' },
  { says: 'not flagged for WeCom', versions: [at('1.0', 'Approved', { forChannel: false })], is: 'not_for_channel' },
  {
    says: 'withdrawn by its date, this very moment',
    versions: [at('1.0', 'Approved', { withdrawsAt: now })],
    is: 'withdrawal_date_reached',
  },
  { says: 'withdrawn a moment later', versions: [at('1.0', 'Approved', { withdrawsAt: later })], is: '1.0' },
  { says: 'that is gone', versions: [], is: 'not_in_vault' },
]

const fresh: VaultFacts = {
  ...{ major: 2, highestPublished: 1, pinned: null, fieldsHash: 'f', renditionHash: 'r', expiresAt: later },
  ...{ unmapped: null, cardFits: true, fileUsable: true, approvers: 2, signatureDays: null, released: null },
  signatures: [
    { person: 'zhou', at: days(3) },
    { person: 'wu', at: days(2) },
  ],
}
const pinned = { renditionHash: 'r', fieldsHash: 'f', ended: false }
const published: VaultFacts = { ...fresh, highestPublished: 2, pinned, signatures: [] }

const aside = (reason: QuarantineReason, about?: string): VaultVerdict => ({
  verdict: 'quarantine',
  reason,
  ...(about ? { about } : {}),
})

const verdicts: { says: string; facts: VaultFacts; is: VaultVerdict }[] = [
  { says: 'a new version, signed by two', facts: fresh, is: { verdict: 'publish' } },
  { says: 'the first of its document', facts: { ...fresh, highestPublished: null }, is: { verdict: 'publish' } },
  { says: 'without its rendition yet', facts: { ...fresh, renditionHash: null }, is: { verdict: 'wait' } },
  {
    says: '[A45] older than what was published',
    facts: { ...fresh, major: 1, highestPublished: 3 },
    is: aside('lower_version', '3.0'),
  },
  { says: '[A45] signed by nobody', facts: { ...fresh, signatures: [] }, is: aside('approvers_missing') },
  {
    says: '[A45] signed by one',
    facts: { ...fresh, signatures: fresh.signatures.slice(1) },
    is: aside('one_approver_only'),
  },
  {
    says: '[A45] signed by the same person twice',
    facts: { ...fresh, signatures: [1, 2].map((ago) => ({ person: 'zhou', at: days(ago) })) },
    is: aside('same_approver_twice'),
  },
  { says: '[A45] expired before it came', facts: { ...fresh, expiresAt: now }, is: aside('approval_expired') },
  { says: 'without an end', facts: { ...fresh, expiresAt: null }, is: aside('expiry_missing') },
  {
    says: 'with one signature too old',
    facts: { ...fresh, signatureDays: 3 },
    is: aside('signature_too_old'),
  },
  { says: 'with signatures just young enough', facts: { ...fresh, signatureDays: 4 }, is: { verdict: 'publish' } },
  {
    says: 'for one approver, by choice',
    facts: { ...fresh, approvers: 1, signatures: fresh.signatures.slice(1) },
    is: { verdict: 'publish' },
  },
  {
    says: 'of a product nobody mapped',
    facts: { ...fresh, unmapped: 'product__v X' },
    is: aside('not_mapped', 'product__v X'),
  },
  { says: 'with a trick in its card', facts: { ...fresh, cardFits: false }, is: aside('card_not_fit') },
  { says: 'that cannot be shown', facts: { ...fresh, fileUsable: false }, is: aside('file_not_usable') },
  { says: 'published, all as it was', facts: published, is: { verdict: 'keep' } },
  { says: 'published, bytes not looked at', facts: { ...published, renditionHash: null }, is: { verdict: 'keep' } },
  {
    says: '[F30] published, with other bytes',
    facts: { ...published, renditionHash: 'x' },
    is: aside('bytes_changed'),
  },
  {
    says: '[F30] other bytes stay other bytes after a release',
    facts: { ...published, renditionHash: 'x', released: 'bytes_changed' },
    is: aside('bytes_changed'),
  },
  { says: 'published, with another word', facts: { ...published, fieldsHash: 'x' }, is: aside('fields_changed') },
  {
    says: 'published, with another word a person saw',
    facts: { ...published, fieldsHash: 'x', released: 'fields_changed', signatures: fresh.signatures },
    is: { verdict: 'publish' },
  },
  {
    says: 'published, with another word a person saw and a product nobody mapped',
    facts: { ...published, fieldsHash: 'x', released: 'fields_changed', unmapped: 'product__v X' },
    is: aside('not_mapped', 'product__v X'),
  },
  {
    says: 'published, read with a new mapping',
    facts: { ...published, pinned: { ...pinned, fieldsHash: null }, fieldsHash: 'x' },
    is: { verdict: 'keep' },
  },
  {
    says: 'published and past its end',
    facts: { ...published, expiresAt: now },
    is: { verdict: 'end', reason: 'vault_expired' },
  },
  {
    says: 'expired here, and there by its date',
    facts: { ...published, pinned: { ...pinned, ended: true }, expiresAt: now },
    is: { verdict: 'end', reason: 'vault_expired' },
  },
  { says: 'published, its end taken away', facts: { ...published, expiresAt: null }, is: aside('expiry_missing') },
  {
    says: 'approved again after its end here',
    facts: { ...published, pinned: { ...pinned, ended: true } },
    is: aside('ended_before'),
  },
]

describe('a document of the vault', () => {
  test.each(documents)('$says: $is', ({ versions, is }) => {
    for (const order of [versions, versions.toReversed()]) {
      const decision = decideVaultDocument(order, states, now)
      expect(decision.sendable ? `${decision.version.major}.${decision.version.minor}` : decision.reason).toBe(is)
    }
  })
})

describe('what ends for good and what is put on hold', () => {
  test.each([
    { says: 'withdrawn', versions: [at('1.0', 'Withdrawn')], forGood: true },
    { says: 'withdrawn on top', versions: [at('1.0', 'Approved'), at('1.1', 'Obsolete')], forGood: true },
    { says: 'withdrawn by date', versions: [at('1.0', 'Approved', { withdrawsAt: now })], forGood: true },
    { says: 'in a state nobody named', versions: [at('1.0', 'In Re-Review')], forGood: false },
    { says: 'no longer flagged', versions: [at('1.0', 'Approved', { forChannel: false })], forGood: false },
    { says: 'not to be seen, by loss of a permission as well', versions: [], forGood: false },
  ])('$says: $forGood', ({ versions, forGood }) =>
    expect(decideVaultDocument(versions, states, now)).toMatchObject({ sendable: false, forGood }),
  )
})

describe('a version of the vault', () => {
  test.each(verdicts)('$says', ({ facts, is }) => expect(decideVaultVersion(facts, now)).toEqual(is))

  test('every ending and every reason to put aside is met, but what others decide', () => {
    const ends = new Set<string>(documents.map(({ is }) => is))
    const met = new Set(verdicts.flatMap(({ is }) => ('reason' in is ? [is.reason] : [])))
    expect(vaultEndings.filter((reason) => !ends.has(reason) && !met.has(reason))).toEqual([])
    expect(quarantineReasons.filter((reason) => !met.has(reason))).toEqual(['braked'])
  })

  test('contradictions wait for a person, what is missing may come by itself', () => {
    expect(quarantineReasons.filter(needsPerson)).toEqual([
      'lower_version',
      'ended_before',
      'bytes_changed',
      'fields_changed',
      'braked',
    ])
  })
})
