import type { Tone } from '@vouch/ui'
import { describe, expect, test } from 'vitest'
import { outcomeSign } from './outcome-sign.ts'
import type { Verdict } from './api.ts'
import { en } from './text/en.ts'
import { zh } from './text/zh.ts'

/** What a verdict may claim; the compiler asks for each. */
const claims: Record<Verdict, 'sent' | 'not sent' | 'not known' | 'to review'> = {
  NONE: 'not sent',
  OFF_SYSTEM: 'to review',
  OPEN: 'not known',
  SENT_PROVEN: 'sent',
  SENT_RECALLED: 'to review',
  SENT_OPENED: 'sent',
  SENT_CLIENT: 'sent',
  SENT_DISPUTED: 'to review',
  SENT_ADJUDICATED: 'sent',
  NOT_SENT_ADJUDICATED: 'not sent',
  NOT_SENT_PROVEN: 'not sent',
  CANCELLED: 'not sent',
  FAILED: 'not sent',
  CONFLICT: 'to review',
  UNKNOWN: 'not known',
  UNKNOWN_ATTESTED_SENT: 'not known',
  UNKNOWN_ATTESTED_NOT: 'not known',
}
const scenarios = Object.entries(claims).map(([verdict, claim]) => ({ verdict: verdict as Verdict, claim })) // keys of the record
const tones: Record<(typeof scenarios)[number]['claim'], Tone[]> = {
  sent: ['ok'],
  'not sent': ['neutral', 'bad'],
  'not known': ['unknown', 'stale'],
  'to review': ['warn', 'bad'],
}

describe('the outcome of a send', () => {
  test.each(scenarios)('$verdict looks $claim', ({ verdict, claim }) => {
    expect(tones[claim]).toContain(outcomeSign({ outcome: 'authorised', verdict }).tone)
  })

  test.each(scenarios.filter(({ claim }) => claim === 'not known'))(
    '$verdict says that it is not known',
    ({ verdict }) => {
      expect(zh.send.verdict(verdict)).toMatch(/^结果未知|^等结果$/)
      expect(en.send.verdict(verdict)).toMatch(/unknown|^Waiting/i)
    },
  )

  test('handing over is not called delivered, and opening is not called read', () => {
    expect(zh.send.verdict('SENT_CLIENT')).toBe('已交给企业微信')
    expect(zh.send.verdict('SENT_OPENED')).toBe('医生打开')
    for (const { verdict } of scenarios) {
      expect(`${zh.send.verdict(verdict)}${en.send.verdict(verdict)}`).not.toMatch(/送达|已读|delivered|\bread\b/)
    }
  })

  test('a blocked attempt is blocked whatever its facts say', () => {
    expect(outcomeSign({ outcome: 'refused', verdict: 'NONE' }).tone).toBe('bad')
  })

  test('every verdict has its own words in both languages', () => {
    for (const text of [zh, en])
      expect(new Set(scenarios.map(({ verdict }) => text.send.verdict(verdict))).size).toBe(scenarios.length)
  })
})
