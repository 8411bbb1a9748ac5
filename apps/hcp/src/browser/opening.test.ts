import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whenLookedAt } from './opening.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function buildSight(visible: boolean) {
  const target = new EventTarget()
  const sight = {
    visibilityState: visible ? 'visible' : 'hidden',
    addEventListener: target.addEventListener.bind(target),
  } as Document // only these two are used
  const show = (now: boolean) => {
    Object.assign(sight, { visibilityState: now ? 'visible' : 'hidden' })
    target.dispatchEvent(new Event('visibilitychange'))
  }
  return { sight, show }
}

test('a page looked at for two seconds is opened, once', () => {
  const { sight, show } = buildSight(true)
  const opened = vi.fn()
  whenLookedAt(sight, opened)
  vi.advanceTimersByTime(1_999)
  expect(opened).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  show(false)
  show(true)
  vi.advanceTimersByTime(60_000)
  expect(opened).toHaveBeenCalledTimes(1)
})

test('a page put away too soon is not opened, and starts anew when it comes back', () => {
  const { sight, show } = buildSight(true)
  const opened = vi.fn()
  whenLookedAt(sight, opened)
  vi.advanceTimersByTime(1_500)
  show(false)
  vi.advanceTimersByTime(60_000)
  show(true)
  vi.advanceTimersByTime(1_500)
  expect(opened).not.toHaveBeenCalled()
  vi.advanceTimersByTime(500)
  expect(opened).toHaveBeenCalledTimes(1)
})

test('a page loaded in the background is not opened until it is seen', () => {
  const { sight, show } = buildSight(false)
  const opened = vi.fn()
  whenLookedAt(sight, opened)
  vi.advanceTimersByTime(60_000)
  expect(opened).not.toHaveBeenCalled()
  show(true)
  vi.advanceTimersByTime(2_000)
  expect(opened).toHaveBeenCalledTimes(1)
})
