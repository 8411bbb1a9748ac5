import { describe, expect, it } from 'vitest'
import { decideNext } from './decide-next.ts'

const now = new Date('2026-05-13T02:00:00.000Z')
const after = (status: number | null, tries = 1, retryAfter: string | null = null, chance = 0) =>
  decideNext({ status, retryAfter }, { tries, now, chance })
const later = (ms: number) => new Date(now.getTime() + ms)
const minute = 60_000
const day = 24 * 60 * minute

describe('what follows a try', () => {
  it.each([200, 201, 204, 299])('%s is delivered', (status) => {
    expect(after(status)).toEqual({ life: 'delivered' })
  })

  it('410 switches the webhook off at once, any tenth failure in the end', () => {
    expect(after(410)).toEqual({ life: 'failed', off: 'gone' })
    for (const status of [null, 301, 404, 500]) expect(after(status, 10)).toEqual({ life: 'failed', off: 'gave_up' })
  })

  it('waits by the schedule of the document, some 75 hours in all', () => {
    const pauses = Array.from({ length: 9 }, (_, place) => {
      const next = after(500, place + 1)
      return next.life === 'waiting' ? next.runAt.getTime() - now.getTime() : NaN
    })
    expect(pauses.map((ms) => ms / 1_000)).toEqual([...[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]])
    expect(pauses.reduce((sum, ms) => sum + ms) / 3_600_000).toBeCloseTo(75.6, 1)
    expect(after(500, 2, null, 1)).toMatchObject({ runAt: later(5.5 * minute) })
  })

  it.each([
    { says: 'seconds', given: '120', ms: 2 * minute },
    { says: 'a date', given: later(10 * minute).toUTCString(), ms: 10 * minute },
    { says: 'more than a day', given: '99999999', ms: day },
    { says: 'a past date', given: later(-minute).toUTCString(), ms: 5_000 },
    { says: 'nonsense', given: 'soon', ms: 5_000 },
  ])('Retry-After of $says is honoured', ({ given, ms }) => {
    expect(after(429, 1, given)).toMatchObject({ life: 'waiting', runAt: later(ms) })
  })

  it('too much leaves the whole receiver alone for a while, another fault does not', () => {
    for (const status of [429, 502, 503, 504]) expect(after(status)).toMatchObject({ restUntil: later(minute) })
    expect(after(503, 1, '600')).toMatchObject({ restUntil: later(10 * minute) })
    for (const status of [null, 302, 400, 500]) expect(after(status)).toMatchObject({ restUntil: null })
  })
})
