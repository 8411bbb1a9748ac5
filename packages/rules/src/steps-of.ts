import type { ReviewStep } from './content-types.ts'
import type { ContentClass } from './types.ts'

const everyStep = ['medical', 'legal', 'compliance'] as const

const steps: Record<ContentClass, readonly ReviewStep[]> = {
  promotional: everyStep,
  scientific: everyStep,
  non_promotional: ['medical', 'compliance'],
  consent: ['legal', 'compliance'],
}

/** Who has to sign a piece of this class, each a different person. A class we do not know asks for everybody. */
export function stepsOf(contentClass: ContentClass): readonly ReviewStep[] {
  return steps[contentClass] ?? everyStep
}
