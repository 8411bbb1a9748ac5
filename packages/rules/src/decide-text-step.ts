/** Steps in the life of a consent text. `sign` approves it and says from when it is in force. */
export const textActions = ['begin', 'edit', 'submit', 'take_back', 'drop', 'sign', 'return'] as const
export type TextAction = (typeof textActions)[number]

export type TextLife = 'draft' | 'in_review' | 'approved' | 'dropped'

/** Every reason a step is refused, in the order they are told. */
export const textRefusalReasons = [
  'wrong_role',
  'wrong_state',
  'own_work',
  'statement_changed',
  'words_missing',
  'date_past',
  'reason_missing',
  'open_version_exists',
  'not_reauthenticated',
] as const
export type TextRefusalReason = (typeof textRefusalReasons)[number]
export type TextRefusal = { reason: TextRefusalReason; about?: string }

export type TextStepFacts = {
  action: TextAction
  actorId: string
  roles: readonly string[]
  /** Null before there is a version. */
  life: TextLife | null
  /** Whoever wrote or submitted any of it. */
  writers: readonly string[]
  wordings: readonly { language: string; title: string; summary: string; body: string }[]
  /** What would be signed now, and what the signer saw. */
  statementHash: string
  signedHash: string | null
  reason: string
  /** From when it is to be in force; null means at once. */
  activeFrom: Date | null
  /** When the signer last proved who they are, for this signature; who only begins one passes now. */
  reauthenticatedAt: Date | null
  /** The purpose has a text in draft or review already. */
  openVersion: boolean
}

export type TextStepDecision = { allowed: true } | { allowed: false; refusals: TextRefusal[] }

/** A doctor is asked in either; both are signed together. */
export const consentLanguages = ['zh-CN', 'en-US'] as const
const offices = ['compliance', 'compliance_officer']

type Step = {
  roles: readonly string[]
  from: readonly (TextLife | null)[]
  check: (facts: TextStepFacts, now: Date) => TextRefusal[]
}

const steps: Record<TextAction, Step> = {
  begin: { roles: ['author'], from: [null], check: checkNoOther },
  edit: { roles: ['author'], from: ['draft'], check: () => [] },
  submit: { roles: ['author'], from: ['draft'], check: checkWords },
  take_back: { roles: ['author'], from: ['in_review'], check: checkReason },
  drop: { roles: ['author'], from: ['draft'], check: checkReason },
  sign: {
    roles: offices,
    from: ['in_review'],
    check: (facts, now) => [...checkSigner(facts), ...checkWords(facts), ...checkDay(facts, now)],
  },
  return: { roles: offices, from: ['in_review'], check: (facts) => [...checkSigner(facts), ...checkReason(facts)] },
}

/** The one place that says whether a step in the life of a consent text may happen. It gives every reason. */
export function decideTextStep(facts: TextStepFacts, now: Date): TextStepDecision {
  const step = steps[facts.action]
  const refusals: TextRefusal[] = []
  if (!step.roles.some((role) => facts.roles.includes(role))) refusals.push({ reason: 'wrong_role' })
  if (!step.from.includes(facts.life)) {
    refusals.push(facts.life ? { reason: 'wrong_state', about: facts.life } : { reason: 'wrong_state' })
  }
  refusals.push(...step.check(facts, now))
  if (refusals.length === 0) return { allowed: true }
  const place = ({ reason }: TextRefusal) => textRefusalReasons.indexOf(reason)
  return { allowed: false, refusals: refusals.toSorted((one, other) => place(one) - place(other)) }
}

/** Nobody approves what they wrote any of, and a signature counts for exactly what its signer saw. */
function checkSigner(facts: TextStepFacts): TextRefusal[] {
  const refusals: TextRefusal[] = []
  if (facts.writers.includes(facts.actorId)) refusals.push({ reason: 'own_work' })
  if (facts.signedHash !== facts.statementHash) refusals.push({ reason: 'statement_changed' })
  if (!facts.reauthenticatedAt) refusals.push({ reason: 'not_reauthenticated' })
  return refusals
}

function checkWords({ wordings }: TextStepFacts): TextRefusal[] {
  return consentLanguages.flatMap((language) => {
    const words = wordings.find((one) => one.language === language)
    return (['title', 'summary', 'body'] as const)
      .filter((field) => !words?.[field].trim())
      .map((field) => ({ reason: 'words_missing' as const, about: `${language}.${field}` }))
  })
}

function checkDay({ activeFrom }: TextStepFacts, now: Date): TextRefusal[] {
  return activeFrom && activeFrom < now ? [{ reason: 'date_past' }] : []
}

function checkReason({ reason }: TextStepFacts): TextRefusal[] {
  return reason.trim() === '' ? [{ reason: 'reason_missing' }] : []
}

function checkNoOther({ openVersion }: TextStepFacts): TextRefusal[] {
  return openVersion ? [{ reason: 'open_version_exists' }] : []
}
