import { describe, expect, test } from 'vitest'
import { nextSafetyCall, safetyClock, type SafetySeriousness } from './safety-clock.ts'

const awareAt = new Date('2026-11-20T02:00:00.000Z')
const after = (hours: number) => new Date(awareAt.getTime() + hours * 3_600_000)
const rule = { seriousDays: 15, otherDays: 30 }

const deadlines: { says: string; seriousness: SafetySeriousness; days: number }[] = [
  { says: 'serious', seriousness: 'serious', days: 15 },
  { says: 'not serious', seriousness: 'not_serious', days: 30 },
  { says: 'not weighed yet, which counts as serious', seriousness: 'unknown', days: 15 },
]

describe('[R29] the clock of an adverse reaction', () => {
  test.each(deadlines)('that is $says', ({ seriousness, days }) => {
    expect(safetyClock({ awareAt, seriousness }, rule)).toEqual({
      remindAt: after(12),
      acknowledgeBy: after(24),
      reportBy: after(days * 24),
    })
  })

  const calls = [
    { says: 'nobody in the first half day', hours: 11.99, step: undefined, once: undefined, next: 12 },
    { says: 'its owner after half a day', hours: 12, step: 'reminded', once: 'reminded', next: 24 },
    { says: 'everybody in charge at 24 hours', hours: 24, step: 'escalated', once: 'escalated 1', next: 48 },
    { says: 'them again after another day', hours: 49, step: 'escalated', once: 'escalated 2', next: 72 },
  ]
  test.each(calls)('calls $says', ({ hours, step, once, next }) => {
    const { call, nextAt } = nextSafetyCall(awareAt, after(hours))
    expect([call?.step, call?.once, nextAt]).toEqual([step, once, after(next)])
  })
})
