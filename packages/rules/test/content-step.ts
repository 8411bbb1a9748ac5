import type { CardText, ContentStepFacts } from '../src/content-types.ts'
import { now } from './facts.ts'

const text: CardText = {
  title: '三期研究摘要',
  cardTitle: '研究摘要',
  cardDesc: '示例药业',
  body: '',
  kind: 'document',
}

/** Facts of a piece in review that nobody has signed yet, looked at by the medical reviewer who is about to. */
export function buildStepFacts(given: Partial<ContentStepFacts> = {}): ContentStepFacts {
  return {
    ...{ action: 'sign', actorId: 'medic', roles: ['medical'], ownerId: 'author', submittedBy: 'author' },
    ...{
      source: 'own',
      state: 'in_review',
      class: 'promotional',
      steps: ['medical', 'legal', 'compliance'],
      signatures: [],
    },
    ...{ step: 'medical', statementHash: 'h1', signedHash: 'h1', pagesReady: true, effectiveAt: null },
    ...{ expiresAt: new Date(now.getTime() + 1), reason: 'because', reauthenticatedAt: now, openVersion: false },
    ...{ held: false, text },
    ...given,
  }
}

export const cardText = (given: Partial<CardText>): CardText => ({ ...text, ...given })
