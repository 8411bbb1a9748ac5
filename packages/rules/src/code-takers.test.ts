import { describe, expect, test } from 'vitest'
import { shanghai } from '../test/facts.ts'
import { codeTakers, nextSwitch, type CodeHours, type CodeRep } from './code-takers.ts'

const always: CodeHours = { days: '', fromMinute: null, untilMinute: null }
const office: CodeHours = { days: '12345', fromMinute: 9 * 60, untilMinute: 18 * 60 }
const nights: CodeHours = { days: '5', fromMinute: 22 * 60, untilMinute: 6 * 60 }
const main = (repId: string, active = true): CodeRep => ({ repId, part: 'main', active })
const backup = (repId: string, active = true): CodeRep => ({ repId, part: 'backup', active })
const both = [main('li'), main('wang'), backup('chen')]

// 2026-03-18 is a Wednesday.
const scenarios: { says: string; reps?: CodeRep[]; hours?: CodeHours; at?: string; takes: string[] }[] = [
  { says: 'main reps always, where no hours are set', at: '2026-03-22 03:00', takes: ['li', 'wang'] },
  { says: 'main reps within the hours', hours: office, at: '2026-03-18 09:00', takes: ['li', 'wang'] },
  { says: 'backups a moment before they begin', hours: office, at: '2026-03-18 08:59:59.999', takes: ['chen'] },
  { says: 'backups from the minute they end', hours: office, at: '2026-03-18 18:00', takes: ['chen'] },
  { says: 'backups on a Sunday', hours: office, at: '2026-03-22 10:00', takes: ['chen'] },
  { says: 'main reps on a Friday night', hours: nights, at: '2026-03-20 23:00', takes: ['li', 'wang'] },
  { says: 'and on until Saturday morning', hours: nights, at: '2026-03-21 05:59', takes: ['li', 'wang'] },
  {
    says: 'not on a Friday morning, which is Thursday’s night',
    hours: nights,
    at: '2026-03-20 05:59',
    takes: ['chen'],
  },
  {
    says: 'whoever of the main reps is left',
    reps: [main('li', false), main('wang'), backup('chen')],
    takes: ['wang'],
  },
  { says: 'the backup when no main rep is left', reps: [main('li', false), backup('chen')], takes: ['chen'] },
  {
    says: 'the main rep at night when no backup is left',
    reps: [main('li'), backup('chen', false)],
    hours: office,
    at: '2026-03-18 23:00',
    takes: ['li'],
  },
  { says: 'nobody when all have left', reps: [main('li', false), backup('chen', false)], takes: [] },
]

describe('a contact-me code leads to', () => {
  test.each(scenarios)('$says', ({ reps = both, hours = always, at = '2026-03-18 12:00', takes }) => {
    expect(codeTakers(reps, hours, shanghai(at))).toEqual(takes)
  })
})

describe('the next switch', () => {
  test.each([
    ['is the end of the day’s hours', office, '2026-03-18 12:00', '2026-03-18 18:00'],
    ['is the next morning', office, '2026-03-18 18:00', '2026-03-19 09:00'],
    ['is Monday after a Friday', office, '2026-03-20 18:00', '2026-03-23 09:00'],
    ['is the morning after a night', nights, '2026-03-20 23:00', '2026-03-21 06:00'],
    ['is a week away at most', nights, '2026-03-21 06:00', '2026-03-27 22:00'],
    ['is midnight where days alone are set', { ...always, days: '3' }, '2026-03-18 12:00', '2026-03-19 00:00'],
  ])('%s', (_, hours, at, then) => {
    expect(nextSwitch(hours, shanghai(at))).toEqual(shanghai(then))
  })

  test('never comes where no hours are set', () => {
    expect(nextSwitch(always, shanghai('2026-03-18 12:00'))).toBeNull()
  })
})
