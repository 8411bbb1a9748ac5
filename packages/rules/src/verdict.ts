import type { FactKind, Verdict } from './types.ts'

/**
 * The status of a send, computed from its facts and nowhere else (assurance.md 2.3; the first line that fits wins).
 * Order and repetition of facts do not matter. H is kept for the record and weighs nothing.
 */
export function verdict(facts: Iterable<FactKind>): Verdict {
  const known = new Set(facts)
  const has = (fact: FactKind): boolean => known.has(fact)

  if (!has('A')) return has('M') ? 'OFF_SYSTEM' : 'NONE'
  if (has('M')) return has('V') ? 'SENT_RECALLED' : 'SENT_PROVEN'
  if (has('X+') && has('X-')) return 'CONFLICT'
  if (has('X+')) return 'SENT_ADJUDICATED'
  if (has('X-')) return 'NOT_SENT_ADJUDICATED'
  if (has('O')) return has('N') ? 'CONFLICT' : 'SENT_OPENED'
  if (has('K') && has('N')) return 'SENT_DISPUTED'
  if (has('K')) return has('C') || has('F') ? 'CONFLICT' : 'SENT_CLIENT'
  if (has('N')) return 'NOT_SENT_PROVEN'
  if (has('C') && has('F')) return 'CONFLICT'
  if (has('C')) return 'CANCELLED'
  if (has('F')) return 'FAILED'
  if (has('R+') && has('R-')) return 'CONFLICT'
  if (has('R+')) return 'UNKNOWN_ATTESTED_SENT'
  if (has('R-')) return 'UNKNOWN_ATTESTED_NOT'
  return has('T') ? 'UNKNOWN' : 'OPEN'
}
