import { hidesSigns } from './check-card.ts'
import type { StepRefusal } from './content-types.ts'

const longestTag = 40
/** Of all tags of a piece with a sign between them. */
const longestTags = 400

/** Tags are words that a piece is found by: short, not too many, and with nothing hidden in them. */
export function checkTags(tags: readonly string[]): StepRefusal[] {
  const long = (text: string, most: number): boolean => Array.from(text).length > most
  const about: string[] = []
  if (long(tags.join(' '), longestTags) || tags.some((tag) => long(tag, longestTag))) about.push('too_long')
  if (tags.some(hidesSigns)) about.push('hidden_signs')
  return about.map((one) => ({ reason: 'tags_not_fit', about: one }))
}
