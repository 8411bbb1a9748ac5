import { describe, expect, test } from 'vitest'
import { buildStepFacts, cardText } from '../test/content-step.ts'
import { now } from '../test/facts.ts'
import { contentActions, stepRefusalReasons, type ContentStepFacts, type StepRefusal } from './content-types.ts'
import { decideContentStep } from './decide-content-step.ts'
import { contentStates, type ContentState } from './types.ts'

const author = { actorId: 'author', roles: ['author'], step: null }
const officer = { actorId: 'officer', roles: ['compliance_officer'], step: null }
const by = (step: 'medical' | 'legal' | 'compliance', statementHash = 'h1') => ({
  ...{ step, personId: `${step}-1`, statementHash },
})
const later = new Date(now.getTime() + 1000)

type Allowed = { says: string; given: Partial<ContentStepFacts>; next: ContentState; complete?: boolean }
const allowed: Allowed[] = [
  { says: 'an author edits a draft of theirs', given: { ...author, action: 'edit', state: 'draft' }, next: 'draft' },
  {
    says: 'an author edits a colleague’s draft',
    given: { ...author, actorId: 'another', action: 'edit', state: 'draft' },
    next: 'draft',
  },
  {
    says: 'an author submits a draft of theirs',
    given: { ...author, action: 'submit', state: 'draft' },
    next: 'in_review',
  },
  { says: 'an author takes back what is in review', given: { ...author, action: 'take_back' }, next: 'returned' },
  { says: 'the first of three signs', given: {}, next: 'in_review' },
  {
    says: 'the last of three signs',
    given: { signatures: [by('legal'), by('compliance')] },
    next: 'approved',
    complete: true,
  },
  {
    says: 'the only step asked for is signed, whatever others signed',
    given: { steps: ['medical'] },
    next: 'approved',
    complete: true,
  },
  { says: 'a reviewer sends back', given: { action: 'return' }, next: 'returned' },
  {
    says: 'compliance withdraws an approved piece',
    given: { ...officer, action: 'withdraw', state: 'approved' },
    next: 'withdrawn',
  },
  {
    says: 'a reviewer withdraws an expired one',
    given: { action: 'withdraw', state: 'expired', step: null },
    next: 'withdrawn',
  },
  {
    says: 'the owner withdraws, without any role, what is held as well',
    given: { ...author, roles: [], action: 'withdraw', state: 'approved', held: true },
    next: 'withdrawn',
  },
  { says: 'the officer ends a piece now', given: { ...officer, action: 'expire', state: 'approved' }, next: 'expired' },
  { says: 'the first renews', given: { action: 'renew', state: 'expired' }, next: 'expired' },
  {
    says: 'the last renews what had expired',
    given: { action: 'renew', state: 'expired', signatures: [by('legal'), by('compliance')] },
    next: 'approved',
    complete: true,
  },
  {
    says: 'an author starts the next version',
    given: { ...author, actorId: 'another', action: 'new_version', state: 'approved' },
    next: 'approved',
  },
  {
    says: 'an invitation without a last day is submitted',
    given: { ...author, action: 'submit', state: 'draft', class: 'consent', expiresAt: null },
    next: 'in_review',
  },
  ...contentStates.map((state) => ({
    says: `an author tags a colleague’s piece: ${state}`,
    given: { ...author, actorId: 'another', action: 'tag' as const, state, tags: ['肿瘤', '𠮷 guide'] },
    next: state,
  })),
  {
    says: 'an author tags what comes from the vault',
    given: { ...author, action: 'tag', state: 'approved', source: 'vault', ownerId: null, tags: [] },
    next: 'approved',
  },
]

type Refused = { says: string; given: Partial<ContentStepFacts>; refuses: StepRefusal[] }
const refused: Refused[] = [
  {
    says: 'a next version of what comes from the vault',
    given: { ...author, action: 'new_version', state: 'approved', source: 'vault' },
    refuses: [{ reason: 'wrong_state', about: 'vault' }],
  },
  {
    says: 'a renewal of what comes from the vault',
    given: { action: 'renew', state: 'approved', source: 'vault' },
    refuses: [{ reason: 'wrong_state', about: 'vault' }],
  },
  {
    says: 'a signature by another function',
    given: { roles: ['legal', 'author'] },
    refuses: [{ reason: 'wrong_role' }],
  },
  { says: 'a signature for no step', given: { step: null }, refuses: [{ reason: 'wrong_role' }] },
  {
    says: 'withdrawing by an author of something else',
    given: { actorId: 'another', roles: ['author'], action: 'withdraw', state: 'approved' },
    refuses: [{ reason: 'wrong_role' }],
  },
  {
    says: 'editing after submitting',
    given: { ...author, action: 'edit' },
    refuses: [{ reason: 'wrong_state', about: 'in_review' }],
  },
  {
    says: 'withdrawing what is withdrawn',
    given: { ...officer, action: 'withdraw', state: 'withdrawn' },
    refuses: [{ reason: 'wrong_state', about: 'withdrawn' }],
  },
  {
    says: 'submitting a colleague’s draft',
    given: { ...author, actorId: 'another', action: 'submit', state: 'draft' },
    refuses: [{ reason: 'not_owner' }],
  },
  { says: 'signing own work', given: { ownerId: 'medic' }, refuses: [{ reason: 'own_work' }] },
  {
    says: 'signing what one helped to write',
    given: { writers: ['another', 'medic'] },
    refuses: [{ reason: 'own_work' }],
  },
  { says: 'signing what one submitted', given: { submittedBy: 'medic' }, refuses: [{ reason: 'own_work' }] },
  {
    says: 'signing a step nobody asked for',
    given: { steps: ['legal'] },
    refuses: [{ reason: 'step_not_asked', about: 'medical' }],
  },
  {
    says: 'signing a step that is signed',
    given: { signatures: [by('medical')] },
    refuses: [{ reason: 'step_done', about: 'medical' }],
  },
  {
    says: 'the same person signing a second step',
    given: { signatures: [{ ...by('legal'), personId: 'medic' }] },
    refuses: [{ reason: 'already_signed' }],
  },
  {
    says: 'signing something else than was seen',
    given: { signedHash: 'h0' },
    refuses: [{ reason: 'statement_changed' }],
  },
  {
    says: 'completing signatures that were given to other words',
    given: { signatures: [by('legal', 'h0')] },
    refuses: [{ reason: 'statement_changed' }],
  },
  {
    says: 'signing without having signed in for it',
    given: { reauthenticatedAt: null },
    refuses: [{ reason: 'not_reauthenticated' }],
  },
  { says: 'signing what is in quarantine', given: { held: true }, refuses: [{ reason: 'held' }] },
  { says: 'signing what runs out this moment', given: { expiresAt: now }, refuses: [{ reason: 'date_order' }] },
  {
    says: 'renewing to a day that is over',
    given: { action: 'renew', state: 'expired', expiresAt: now },
    refuses: [{ reason: 'date_order' }],
  },
  {
    says: 'submitting before the pages are drawn',
    given: { ...author, action: 'submit', state: 'draft', pagesReady: false },
    refuses: [{ reason: 'pages_not_ready' }],
  },
  {
    says: 'submitting a card that is too long',
    given: { ...author, action: 'submit', state: 'draft', text: cardText({ cardTitle: '药'.repeat(43) }) },
    refuses: [{ reason: 'card_not_fit', about: 'card_title_too_long' }],
  },
  {
    says: 'submitting a phrase that names the hospital',
    given: {
      ...{ ...author, action: 'submit', state: 'draft' },
      text: cardText({ kind: 'phrase', body: '{doctor}您好，{hospital}' }),
    },
    refuses: [{ reason: 'placeholder_unknown', about: '{hospital}' }],
  },
  {
    says: 'submitting a promotional piece without a last day',
    given: { ...author, action: 'submit', state: 'draft', expiresAt: null },
    refuses: [{ reason: 'no_expiry' }],
  },
  {
    says: 'submitting a piece that begins when it ends',
    given: { ...author, action: 'submit', state: 'draft', effectiveAt: later, expiresAt: later },
    refuses: [{ reason: 'date_order' }],
  },
  {
    says: 'sending back without a word why',
    given: { action: 'return', reason: '  ' },
    refuses: [{ reason: 'reason_missing' }],
  },
  {
    says: 'withdrawing without a word why',
    given: { ...officer, action: 'withdraw', state: 'approved', reason: '' },
    refuses: [{ reason: 'reason_missing' }],
  },
  {
    says: 'a second version beside one that is not done',
    given: { ...author, action: 'new_version', state: 'approved', openVersion: true },
    refuses: [{ reason: 'open_version_exists' }],
  },
  {
    says: 'tagging by a reviewer',
    given: { action: 'tag', state: 'approved', tags: ['肿瘤'] },
    refuses: [{ reason: 'wrong_role' }],
  },
  {
    says: 'a tag that turns the direction of what follows',
    given: { ...author, action: 'tag', tags: ['肿\u202e瘤'] },
    refuses: [{ reason: 'tags_not_fit', about: 'hidden_signs' }],
  },
  {
    says: 'a tag that is too long, with nothing to be seen at its end',
    given: { ...author, action: 'tag', tags: ['药'.repeat(40) + '\u200b'] },
    refuses: [
      { reason: 'tags_not_fit', about: 'too_long' },
      { reason: 'tags_not_fit', about: 'hidden_signs' },
    ],
  },
  {
    says: 'tags that are too many together',
    given: { ...author, action: 'tag', tags: Array.from({ length: 20 }, (_, nth) => `${'药'.repeat(18)}${nth}`) },
    refuses: [{ reason: 'tags_not_fit', about: 'too_long' }],
  },
  {
    says: 'taking back a change of tags after another one',
    given: { ...author, action: 'tag', tags: ['肿瘤'], tagsChanged: true },
    refuses: [{ reason: 'tags_changed' }],
  },
  {
    says: 'everything at once, in order',
    given: {
      ...{
        actorId: 'author',
        roles: ['author'],
        state: 'draft',
        held: true,
        reauthenticatedAt: null,
        signedHash: null,
      },
      ...{ signatures: [by('medical')], expiresAt: null },
    },
    refuses: [
      { reason: 'wrong_role' },
      { reason: 'wrong_state', about: 'draft' },
      { reason: 'held' },
      { reason: 'own_work' },
      { reason: 'step_done', about: 'medical' },
      { reason: 'statement_changed' },
      { reason: 'no_expiry' },
      { reason: 'not_reauthenticated' },
    ],
  },
]

describe('a step in the life of a piece', () => {
  test.each(allowed)('is allowed: $says', ({ given, next, complete = false }) => {
    expect(decideContentStep(buildStepFacts(given), now)).toEqual({ allowed: true, next, complete })
  })

  test.each(refused)('is refused: $says', ({ given, refuses }) => {
    expect(decideContentStep(buildStepFacts(given), now)).toEqual({ allowed: false, refusals: refuses })
  })

  test('every reason there is has a scenario that provokes it', () => {
    const provoked = new Set(refused.flatMap((scenario) => scenario.refuses.map((refusal) => refusal.reason)))
    expect(stepRefusalReasons.filter((reason) => !provoked.has(reason))).toEqual([])
  })

  test('every action has a state it begins from, and none leads back to a draft', () => {
    const everybody = { roles: ['author', 'medical', 'compliance_officer'] }
    for (const action of contentActions) {
      const own = action === 'edit' || action === 'submit' || action === 'take_back' ? 'author' : 'medic'
      const ways = contentStates.flatMap((state) => {
        const decision = decideContentStep(buildStepFacts({ ...everybody, action, state, actorId: own }), now)
        return decision.allowed ? [{ state, next: decision.next }] : []
      })
      expect(ways.length, action).toBeGreaterThan(0)
      expect(ways.filter(({ state, next }) => next === 'draft' && state !== 'draft')).toEqual([])
    }
  })
})
