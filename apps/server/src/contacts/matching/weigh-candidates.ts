import type { MatchCandidate } from '@vouch/contract'
import { needsSecondLook, weighMatch, type MatchReason, type MatchReview } from '@vouch/rules'
import { asMatchFacts, type AccountRow, type ContactWords } from './candidate-queries.ts'

/** What a match is weighed against. */
type Against = { contact: ContactWords; named: string | null; review: MatchReview }

/** One account weighed for a contact. */
export function weigh(row: AccountRow, { contact, named, review }: Against) {
  const weight = weighMatch(asMatchFacts(contact, row, named))
  return { ...weight, secondLook: needsSecondLook(review, weight) }
}

/** Accounts as candidates, best first; of equal ones in the order they came. */
export function weighCandidates(rows: readonly AccountRow[], against: Against, most: number): MatchCandidate[] {
  const ranked = rows
    .map((row) => ({ row, weight: weigh(row, against) }))
    .toSorted((one, other) => other.weight.points - one.weight.points)
    .slice(0, most)
  return ranked.map(({ row, weight }) => ({
    ...{ accountId: row.accountId, name: row.name, title: row.title, post: row.post, city: row.city },
    ...{ hospital: row.hospital, department: row.department, licenceTail: tailOf(row.licenceNumber) },
    ...{ sameName: Number(row.namesakes) > 0, taken: Boolean(Number(row.taken)) },
    ...{ reasons: weight.reasons, secondLook: weight.secondLook },
    apart: apartFrom(
      row,
      ranked.map((one) => one.row),
    ),
  }))
}

/** Whoever merely works at the same place is no candidate beside somebody whose name fits. */
export function likeliest(candidates: readonly MatchCandidate[]): MatchCandidate[] {
  const fits = ({ reasons }: MatchCandidate) => reasons.some((reason) => !aboutPlaces.has(reason))
  return candidates.some(fits) ? candidates.filter(fits) : [...candidates]
}
const aboutPlaces: ReadonlySet<MatchReason> = new Set(['hospital', 'department', 'own_territory'])

/** Enough to tell two doctors apart, too little to be used. */
export const tailOf = (licenceNumber: string | null): string => licenceNumber?.slice(-4) ?? ''

const tellingFields = ['hospital', 'department', 'title', 'post'] as const

/** In what an account differs from all its namesakes here; the licence when nothing else does. */
function apartFrom(row: AccountRow, all: readonly AccountRow[]): MatchCandidate['apart'] {
  const namesakes = all.filter((other) => other.name === row.name && other.accountId !== row.accountId)
  if (namesakes.length === 0) return []
  const fields = tellingFields.filter((field) => namesakes.every((other) => other[field] !== row[field]))
  return fields.length > 0 ? fields : ['licence']
}
