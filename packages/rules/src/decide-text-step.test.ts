import { describe, expect, test } from 'vitest'
import { before, now } from '../test/facts.ts'
import {
  consentLanguages,
  decideTextStep,
  textActions,
  textRefusalReasons,
  type TextRefusal,
  type TextStepFacts,
} from './decide-text-step.ts'

const wordings = consentLanguages.map((language) => ({
  language,
  title: '同意说明',
  summary: '用到姓名',
  body: '正文',
}))
const draft: TextStepFacts = {
  ...{ action: 'edit', actorId: 'author-1', roles: ['author'], life: 'draft', writers: ['author-1'], wordings },
  ...{ statementHash: 'h', signedHash: 'h', reason: '', activeFrom: null, reauthenticatedAt: now, openVersion: false },
}
const review: TextStepFacts = { ...draft, action: 'sign', actorId: 'officer', roles: ['compliance'], life: 'in_review' }

const scenarios: { says: string; facts: TextStepFacts; refuses: TextRefusal[] }[] = [
  { says: '[TEXT-01] an author begins a text', facts: { ...draft, action: 'begin', life: null }, refuses: [] },
  {
    says: '[TEXT-02] one text of a purpose is written at a time',
    facts: { ...draft, action: 'begin', life: null, openVersion: true },
    refuses: [{ reason: 'open_version_exists' }],
  },
  { says: '[TEXT-03] authors stand in for each other', facts: { ...draft, actorId: 'author-2' }, refuses: [] },
  {
    says: '[TEXT-04] compliance writes no text',
    facts: { ...draft, roles: ['compliance'] },
    refuses: [{ reason: 'wrong_role' }],
  },
  {
    says: '[TEXT-05] what is in review does not change',
    facts: { ...draft, life: 'in_review' },
    refuses: [{ reason: 'wrong_state', about: 'in_review' }],
  },
  { says: '[TEXT-06] a whole text is submitted', facts: { ...draft, action: 'submit' }, refuses: [] },
  {
    says: '[TEXT-07] a text that is not whole in both languages is not',
    facts: { ...draft, action: 'submit', wordings: [{ ...wordings[0]!, summary: ' ' }] },
    refuses: [
      { reason: 'words_missing', about: 'zh-CN.summary' },
      { reason: 'words_missing', about: 'en-US.title' },
      { reason: 'words_missing', about: 'en-US.summary' },
      { reason: 'words_missing', about: 'en-US.body' },
    ],
  },
  { says: '[TEXT-08] compliance approves it, from now on', facts: review, refuses: [] },
  {
    says: '[TEXT-09] or from a later day',
    facts: { ...review, roles: ['compliance_officer'], activeFrom: new Date(now.getTime() + 1) },
    refuses: [],
  },
  {
    says: '[TEXT-10] but not from a day that is over',
    facts: { ...review, activeFrom: before(now, 1) },
    refuses: [{ reason: 'date_past' }],
  },
  {
    says: '[TEXT-11] who wrote any of it does not',
    facts: { ...review, actorId: 'author-1', roles: ['author', 'compliance'] },
    refuses: [{ reason: 'own_work' }],
  },
  {
    says: '[TEXT-12] a signature counts for what was seen',
    facts: { ...review, signedHash: 'other' },
    refuses: [{ reason: 'statement_changed' }],
  },
  {
    says: '[TEXT-13] and needs its own proof of who signs',
    facts: { ...review, reauthenticatedAt: null },
    refuses: [{ reason: 'not_reauthenticated' }],
  },
  {
    says: '[TEXT-14] sending back says why',
    facts: { ...review, action: 'return' },
    refuses: [{ reason: 'reason_missing' }],
  },
  { says: '[TEXT-15] and then it is a draft', facts: { ...review, action: 'return', reason: '改' }, refuses: [] },
  {
    says: '[TEXT-16] it can be taken back before it is approved',
    facts: { ...draft, action: 'take_back', life: 'in_review', reason: '漏了一行' },
    refuses: [],
  },
  { says: '[TEXT-17] and dropped', facts: { ...draft, action: 'drop', reason: '不用了' }, refuses: [] },
  {
    says: '[TEXT-18] what was approved stays',
    facts: { ...draft, action: 'drop', life: 'approved', reason: '不用了' },
    refuses: [{ reason: 'wrong_state', about: 'approved' }],
  },
]

describe('a step in the life of a consent text', () => {
  test.each(scenarios)('$says', ({ facts, refuses }) => {
    expect(decideTextStep(facts, now)).toEqual(
      refuses.length === 0 ? { allowed: true } : { allowed: false, refusals: refuses },
    )
  })

  test('[TEXT-19] every step and every reason has a scenario', () => {
    const provoked = scenarios.flatMap((scenario) => scenario.refuses.map((refusal) => refusal.reason))
    expect(textRefusalReasons.filter((reason) => !provoked.includes(reason))).toEqual([])
    const tried = scenarios.filter((scenario) => scenario.refuses.length === 0).map((scenario) => scenario.facts.action)
    expect(textActions.filter((action) => !tried.includes(action))).toEqual([])
  })
})
