import type { Consent } from './types.ts'

/**
 * What of the other record must count for the one that stays when two records turn out to be one HCP: `countsFrom` is when
 * it counts as said. A no weighs more than a yes however old it is, an older text more than a newer one; where nothing was
 * said, what was said elsewhere counts as it is. Null: the record that stays is the stricter, or they say the same.
 */
export function carryConsent(ours: Consent | null, theirs: Consent | null): { countsFrom: Date } | null {
  if (!theirs) return null
  if (!ours) return { countsFrom: theirs.statedAt }
  const weNo = ours.statement !== 'opted_in'
  const theyNo = theirs.statement !== 'opted_in'
  if (weNo) return theyNo && theirs.statedAt > ours.statedAt ? { countsFrom: theirs.statedAt } : null
  if (!theyNo && theirs.textVersion >= ours.textVersion) return null
  return { countsFrom: new Date(Math.max(theirs.statedAt.getTime(), ours.statedAt.getTime() + 1)) }
}
