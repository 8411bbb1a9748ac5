import type { RoleStep } from '@vouch/contract'
import { expect, test } from 'vitest'
import { spansOf } from './span.ts'

const at = (day: number) => new Date(Date.UTC(2026, 4, day))
const step = (what: RoleStep['what'], day: number, given: Partial<RoleStep> = {}): RoleStep => ({
  ...{ what, at: at(day), role: 'author', until: null, territories: [], askedBy: 'A', decidedBy: 'B', reason: '' },
  ...given,
})
const held = (...roles: string[]) => ({ roles: roles.map((role) => ({ role, until: null })) })
const said = (...given: Parameters<typeof spansOf>) =>
  spansOf(...given).map(({ role, since, until, ended }) => [role, since?.getUTCDate(), until?.getUTCDate(), ended])

test.each([
  ['holds on', held('author'), [step('granted', 1)], [['author', 1, undefined, 'holds']]],
  ['was taken', held(), [step('granted', 1), step('taken', 5)], [['author', 1, 5, 'taken']]],
  ['left with its holder', held(), [step('granted', 1), step('left', 5)], [['author', 1, 5, 'left']]],
  ['ran out by itself', held(), [step('granted', 1, { until: at(3) })], [['author', 1, 3, 'expired']]],
  [
    'ran out before its holder left',
    held(),
    [step('granted', 1, { until: at(3) }), step('left', 5)],
    [['author', 1, 3, 'expired']],
  ],
  [
    'was prolonged before it ran out',
    held('author'),
    [step('granted', 1, { until: at(9) }), step('granted', 5, { until: at(30) })],
    [
      ['author', 1, 5, 'replaced'],
      ['author', 5, 30, 'holds'],
    ],
  ],
  [
    'is older than the records',
    held('rep'),
    [step('reviewed', 2, { role: '' })],
    [['rep', undefined, undefined, 'holds']],
  ],
  ['was older than the records and taken', held(), [step('taken', 5)], [['author', undefined, 5, 'taken']]],
] as const)('a role that %s', (_, person, steps, spans) => {
  expect(said(person, steps, at(20))).toEqual(spans)
})
