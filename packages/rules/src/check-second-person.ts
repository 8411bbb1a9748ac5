export type SecondPersonRefusal = 'already_decided' | 'own_change' | 'asker_lost_right'

/** A change that takes two people; `askers` are those who may ask for one now. */
type Asked = { proposedBy: string; decision: string | null; askers: readonly string[] }
type Word = { personId: string; decision: 'approved' | 'declined' | 'taken_back' }

/**
 * Whether a word about a change that takes two people is heard: one is, never a yes or no to one's own, and only whoever
 * asked takes it back. It is approved while whoever asked may still ask; declined it can be at any time.
 */
export function checkSecondPerson({ proposedBy, decision, askers }: Asked, word: Word): SecondPersonRefusal[] {
  if (decision !== null) return ['already_decided']
  const own = proposedBy === word.personId
  if (own !== (word.decision === 'taken_back')) return ['own_change']
  return word.decision === 'approved' && !askers.includes(proposedBy) ? ['asker_lost_right'] : []
}
