import type { ChoiceRefused } from '@vouch/contract'
import { markOfChoice } from './company-queries.ts'

export const done = { outcome: 'done' as const }

/** A no, with what stands there instead. */
export const refused = (
  reason: ChoiceRefused['reason'],
  now: { code: string; name: string; nameEn: string } | null,
): ChoiceRefused => ({ outcome: 'refused', reason, now: now && { ...now, mark: markOfChoice(now) } })
