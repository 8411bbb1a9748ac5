import { checkCard } from './check-card.ts'
import { checkPhrase } from './check-phrase.ts'
import { checkTags } from './check-tags.ts'
import {
  reviewSteps,
  stepRefusalReasons,
  type ContentAction,
  type ContentStepDecision,
  type ContentStepFacts,
  type StepRefusal,
} from './content-types.ts'
import { contentStates, type ContentClass, type ContentState } from './types.ts'

type Step = {
  roles: readonly string[]
  from: readonly ContentState[]
  check: (facts: ContentStepFacts, now: Date) => StepRefusal[]
}

const whoStops = ['compliance_officer', ...reviewSteps]
const stops: readonly ContentAction[] = ['withdraw', 'expire']
/** What is done here with a version from the vault as well: nobody signs tags. */
const here: readonly ContentAction[] = [...stops, 'tag']
const ended: readonly ContentState[] = ['returned', 'approved', 'expired', 'withdrawn', 'superseded']
/** What is said about a product may not stand for ever. */
const needsExpiry: readonly ContentClass[] = ['promotional', 'scientific']

const actions: Record<ContentAction, Step> = {
  // Authors stand in for each other; whoever wrote does not sign.
  edit: { roles: ['author'], from: ['draft'], check: () => [] },
  submit: {
    roles: ['author'],
    from: ['draft'],
    check: (facts, now) => [...checkOwner(facts), ...checkFit(facts, now)],
  },
  take_back: {
    roles: ['author'],
    from: ['in_review'],
    check: (facts) => [...checkOwner(facts), ...checkReason(facts)],
  },
  sign: {
    roles: reviewSteps,
    from: ['in_review'],
    check: (facts, now) => [...checkSigner(facts), ...checkDates(facts, now)],
  },
  return: { roles: reviewSteps, from: ['in_review'], check: (facts) => [...checkSigner(facts), ...checkReason(facts)] },
  withdraw: { roles: whoStops, from: ['approved', 'expired'], check: checkReason },
  expire: { roles: ['compliance_officer'], from: ['approved'], check: checkReason },
  renew: {
    roles: reviewSteps,
    from: ['approved', 'expired'],
    check: (facts, now) => [...checkSigner(facts), ...checkDates(facts, now)],
  },
  new_version: { roles: ['author'], from: ended, check: checkNoOther },
  // No signature stands for tags: they change whatever was signed.
  tag: {
    roles: ['author'],
    from: contentStates,
    check: ({ tags = [], tagsChanged }) => [
      ...checkTags(tags),
      ...(tagsChanged ? [{ reason: 'tags_changed' as const }] : []),
    ],
  },
}

/**
 * The one place that says whether a step in the life of a piece may happen. It gives every reason, in the order of
 * `stepRefusalReasons`, and the state that follows.
 */
export function decideContentStep(facts: ContentStepFacts, now: Date): ContentStepDecision {
  const step = actions[facts.action]
  const refusals: StepRefusal[] = []
  if (!mayTry(facts, step)) refusals.push({ reason: 'wrong_role' })
  if (facts.source === 'vault' && !here.includes(facts.action)) refusals.push({ reason: 'wrong_state', about: 'vault' })
  if (!step.from.includes(facts.state)) refusals.push({ reason: 'wrong_state', about: facts.state })
  refusals.push(...step.check(facts, now))
  if (refusals.length > 0) return { allowed: false, refusals: inOrder(refusals) }
  return { allowed: true, ...outcome(facts) }
}

/** Signing asks for the very role of the step. Withdrawing is urgent: the owner may, whatever their role. */
function mayTry({ action, roles, step, actorId, ownerId }: ContentStepFacts, { roles: asked }: Step): boolean {
  if (action === 'sign' || action === 'return' || action === 'renew') return step !== null && roles.includes(step)
  return asked.some((role) => roles.includes(role)) || (action === 'withdraw' && actorId === ownerId)
}

function outcome(facts: ContentStepFacts): { next: ContentState; complete: boolean } {
  const { action, state } = facts
  if (action === 'sign' || action === 'renew') {
    const signed = new Set([facts.step, ...facts.signatures.map((signature) => signature.step)])
    const complete = facts.steps.every((step) => signed.has(step))
    return { next: complete ? 'approved' : state, complete }
  }
  const next: Partial<Record<ContentAction, ContentState>> = {
    ...{ submit: 'in_review', take_back: 'returned', return: 'returned', withdraw: 'withdrawn', expire: 'expired' },
  }
  return { next: next[action] ?? state, complete: false }
}

function checkOwner({ actorId, ownerId }: ContentStepFacts): StepRefusal[] {
  return actorId === ownerId ? [] : [{ reason: 'not_owner' }]
}

/** Nobody approves own work, nobody signs twice, and a signature counts for exactly what its signer saw. */
function checkSigner(facts: ContentStepFacts): StepRefusal[] {
  const { actorId, step, steps, signatures, statementHash } = facts
  const refusals: StepRefusal[] = []
  if (facts.held) refusals.push({ reason: 'held' })
  const wrote = [facts.ownerId, facts.submittedBy, ...(facts.writers ?? [])].includes(actorId)
  if (wrote) refusals.push({ reason: 'own_work' })
  if (step && !steps.includes(step)) refusals.push({ reason: 'step_not_asked', about: step })
  if (step && signatures.some((one) => one.step === step)) refusals.push({ reason: 'step_done', about: step })
  if (signatures.some((one) => one.personId === actorId)) refusals.push({ reason: 'already_signed' })
  const others = signatures.some((one) => one.statementHash !== statementHash)
  if (facts.signedHash !== statementHash || others) refusals.push({ reason: 'statement_changed' })
  if (!facts.reauthenticatedAt) refusals.push({ reason: 'not_reauthenticated' })
  return refusals
}

function checkFit(facts: ContentStepFacts, now: Date): StepRefusal[] {
  const refusals = [...checkCard(facts.text), ...checkPhrase(facts.text), ...checkDates(facts, now)]
  if (!facts.pagesReady) refusals.push({ reason: 'pages_not_ready' })
  return refusals
}

/** The last day lies ahead and after the first. */
function checkDates({ class: contentClass, effectiveAt, expiresAt }: ContentStepFacts, now: Date): StepRefusal[] {
  if (!expiresAt) return needsExpiry.includes(contentClass) ? [{ reason: 'no_expiry' }] : []
  return expiresAt <= now || (effectiveAt && effectiveAt >= expiresAt) ? [{ reason: 'date_order' }] : []
}

function checkReason({ reason }: ContentStepFacts): StepRefusal[] {
  return reason.trim() === '' ? [{ reason: 'reason_missing' }] : []
}

function checkNoOther({ openVersion }: ContentStepFacts): StepRefusal[] {
  return openVersion ? [{ reason: 'open_version_exists' }] : []
}

function inOrder(refusals: StepRefusal[]): StepRefusal[] {
  const place = ({ reason }: StepRefusal) => stepRefusalReasons.indexOf(reason)
  return refusals.toSorted((one, other) => place(one) - place(other))
}
