import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPageClock, type PageView } from './page-clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function buildClock() {
  const told: PageView[] = []
  let ids = 0
  const clock = createPageClock(
    (view) => told.push(view),
    () => `view-${(ids += 1)}`,
  )
  return { clock, told }
}

test('a page read for three seconds is told with its time', () => {
  const { clock, told } = buildClock()
  clock.turnTo(1)
  vi.advanceTimersByTime(3_000)
  clock.turnTo(2)
  expect(told).toEqual([{ page: 1, viewId: 'view-1', visibleMs: 3_000 }])
})

test('a page scrolled past in less than two seconds is not told', () => {
  const { clock, told } = buildClock()
  clock.turnTo(1)
  vi.advanceTimersByTime(1_999)
  clock.turnTo(null)
  expect(told).toEqual([])
})

test('long reading is told in pieces that add up', () => {
  const { clock, told } = buildClock()
  clock.turnTo(4)
  vi.advanceTimersByTime(33_000)
  clock.turnTo(null)
  expect(told.map((view) => view.visibleMs)).toEqual([15_000, 15_000, 3_000])
  expect(new Set(told.map((view) => view.viewId)).size).toBe(3)
})

test('a screen put away is not read', () => {
  const { clock, told } = buildClock()
  clock.turnTo(1)
  vi.advanceTimersByTime(2_500)
  clock.turnTo(null)
  vi.advanceTimersByTime(600_000)
  expect(told.map((view) => view.visibleMs)).toEqual([2_500])
})
