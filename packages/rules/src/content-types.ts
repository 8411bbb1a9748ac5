import type { ContentClass, ContentState } from './types.ts'

export const contentKinds = ['document', 'image', 'video', 'article', 'phrase', 'script'] as const
export type ContentKind = (typeof contentKinds)[number]

/** The functions that sign a piece; each is a role of the office. */
export const reviewSteps = ['medical', 'legal', 'compliance'] as const
export type ReviewStep = (typeof reviewSteps)[number]

export const contentActions = [
  'edit',
  'submit',
  'take_back',
  'sign',
  'return',
  'withdraw',
  'expire',
  'renew',
  'new_version',
  'tag',
] as const
export type ContentAction = (typeof contentActions)[number]

/** Every reason a step in the life of a piece is refused, in the order they are told. */
export const stepRefusalReasons = [
  'wrong_role',
  'wrong_state',
  'held',
  'not_owner',
  'own_work',
  'step_not_asked',
  'step_done',
  'already_signed',
  'statement_changed',
  'pages_not_ready',
  'card_not_fit',
  'placeholder_unknown',
  'no_expiry',
  'date_order',
  'reason_missing',
  'tags_not_fit',
  'tags_changed',
  'open_version_exists',
  'not_reauthenticated',
] as const
export type StepRefusalReason = (typeof stepRefusalReasons)[number]
export type StepRefusal = { reason: StepRefusalReason; about?: string }

/** The words of a piece that WeCom shows outside our pages. */
export type CardText = { title: string; cardTitle: string; cardDesc: string; body: string; kind: ContentKind }

export type ContentStepFacts = {
  action: ContentAction
  actorId: string
  roles: readonly string[]
  /** The author; null for a version that came from the vault. */
  ownerId: string | null
  submittedBy: string | null
  /** Whoever else saved words of this version. */
  writers?: readonly string[]
  /** A version from the vault is reviewed and renewed there; here it can only be stopped and tagged. Ours when it is left out. */
  source?: 'own' | 'vault'
  state: ContentState
  class: ContentClass
  /** What was asked for when it was submitted. */
  steps: readonly ReviewStep[]
  /** Signatures of this round; those of an earlier one, before a renewal, are not among them. */
  signatures: readonly { step: ReviewStep; personId: string; statementHash: string }[]
  /** The step that is signed, sent back or renewed. */
  step: ReviewStep | null
  /** What would be signed now, and what the signer saw. */
  statementHash: string
  signedHash: string | null
  pagesReady: boolean
  /** As they will hold: for a renewal the new last day. */
  effectiveAt: Date | null
  expiresAt: Date | null
  reason: string
  /** When the signer last proved who they are, for this signature; who only begins one passes now. */
  reauthenticatedAt: Date | null
  /** The document has a version in draft or review. */
  openVersion: boolean
  /** In quarantine. */
  held: boolean
  text: CardText
  /** As they would be; and whether they are others by now than those that a change is taken back from. */
  tags?: readonly string[]
  tagsChanged?: boolean
}

export type ContentStepDecision =
  | {
      allowed: true
      /** The state of this version afterwards. */
      next: ContentState
      /** The last signature that was asked for has been given. */
      complete: boolean
    }
  | { allowed: false; refusals: StepRefusal[] }
