import { expect, test } from 'vitest'
import { approvalsOf } from './vault-signatures.ts'

const at = new Date('2026-03-01T00:00:00Z')
const row = (version: string, person: string, meaning: string | null = 'Medical') => ({
  version,
  person,
  meaning,
  at,
  name: person,
})

test.each([
  { says: 'on the version itself', rows: [row('2.0', 'a')], people: ['a'] },
  { says: 'on the draft that became it', rows: [row('1.3', 'a'), row('1.3', 'b')], people: ['a', 'b'] },
  { says: 'on an earlier draft, for other words', rows: [row('1.2', 'a'), row('1.3', 'b')], people: ['b'] },
  { says: 'on an earlier draft, the last one unsigned', rows: [row('1.2', 'a'), row('1.3', 'b', null)], people: [] },
  { says: 'on the version before', rows: [row('1.0', 'a')], people: [] },
  { says: 'on the next draft', rows: [row('2.1', 'a')], people: [] },
  { says: 'of another meaning', rows: [row('2.0', 'a', 'Seen')], people: [] },
  { says: 'none', rows: [], people: [] },
])('signatures $says', ({ rows, people }) => {
  expect(approvalsOf(rows, 2, ['Medical', 'Legal']).map(({ person }) => person)).toEqual(people)
})
