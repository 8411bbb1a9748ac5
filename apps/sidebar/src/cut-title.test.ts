import { expect, test } from 'vitest'
import { cutTitle } from './cut-title.ts'

const marked = (title: string, highlights: [number, number][]): string =>
  cutTitle(title, highlights)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('')

test.each([
  ['no match', [], '免疫手册'],
  ['a match in the middle', [[1, 1]], '免[疫]手册'],
  [
    'matches in any order',
    [
      [3, 1],
      [0, 1],
    ],
    '[免]疫手[册]',
  ],
  [
    'matches that overlap',
    [
      [0, 2],
      [1, 2],
    ],
    '[免疫][手]册',
  ],
  ['a match past the end', [[2, 9]], '免疫[手册]'],
] as [string, [number, number][], string][])('a title with %s keeps every letter', (_says, highlights, shown) => {
  expect(marked('免疫手册', highlights)).toBe(shown)
})
