import { expect, test } from 'vitest'
import { checkSecondPerson, type SecondPersonRefusal } from './check-second-person.ts'

const open = { proposedBy: 'luo', decision: null, askers: ['luo', 'wei'] }
const yes = { personId: 'wei', decision: 'approved' as const }
const scenarios: {
  says: string
  change?: Partial<Parameters<typeof checkSecondPerson>[0]>
  word?: Partial<Parameters<typeof checkSecondPerson>[1]>
  refuses: SecondPersonRefusal[]
}[] = [
  { says: 'a yes of somebody else', refuses: [] },
  { says: 'a no of somebody else', word: { decision: 'declined' }, refuses: [] },
  { says: 'who asked and takes it back', word: { personId: 'luo', decision: 'taken_back' }, refuses: [] },
  { says: '[A48] a yes of who asked', word: { personId: 'luo' }, refuses: ['own_change'] },
  { says: 'a no of who asked', word: { personId: 'luo', decision: 'declined' }, refuses: ['own_change'] },
  { says: 'somebody else who takes it back', word: { decision: 'taken_back' }, refuses: ['own_change'] },
  { says: 'a second word', change: { decision: 'declined' }, refuses: ['already_decided'] },
  { says: 'a yes when who asked may not ask any more', change: { askers: ['wei'] }, refuses: ['asker_lost_right'] },
  {
    says: 'a no when who asked may not ask any more',
    change: { askers: ['wei'] },
    word: { decision: 'declined' },
    refuses: [],
  },
  {
    says: 'who may not ask any more and takes it back',
    change: { askers: [] },
    word: { personId: 'luo', decision: 'taken_back' },
    refuses: [],
  },
]

test.each(scenarios)('$says', ({ change, word, refuses }) => {
  expect(checkSecondPerson({ ...open, ...change }, { ...yes, ...word })).toEqual(refuses)
})
