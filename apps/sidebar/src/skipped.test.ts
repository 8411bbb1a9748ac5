// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { skippedOf } from './skipped.ts'

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers({ now: new Date('2026-11-21T06:00:00Z') })
})
afterEach(() => vi.useRealTimers())

const zhang = ['rep-1', 'wm-zhang', 'script-1']
const skipped = (about: readonly string[]) => [...skippedOf(about).positions]

test('a step passed over stays so when the page is opened again', () => {
  const first = skippedOf(zhang)
  first.add(2)
  first.add(3)
  expect(skipped(zhang)).toEqual([2, 3])
})

test('it is of one rep, one doctor and one version of a script', () => {
  skippedOf(zhang).add(2)
  for (const other of [
    ['rep-2', 'wm-zhang', 'script-1'],
    ['rep-1', 'wm-li', 'script-1'],
    ['rep-1', 'wm-zhang', 'script-2'],
  ])
    expect(skipped(other)).toEqual([])
})

test('it is forgotten after half a day, and only the newest are kept', () => {
  skippedOf(zhang).add(2)
  vi.advanceTimersByTime(13 * 3_600_000)
  expect(skipped(zhang)).toEqual([])
  for (let nth = 0; nth < 30; nth += 1) skippedOf(['rep-1', `wm-${nth}`, 'script-1']).add(1)
  expect(Object.keys(JSON.parse(localStorage.getItem('vouch.skipped') ?? '{}'))).toHaveLength(20)
  expect(skipped(['rep-1', 'wm-29', 'script-1'])).toEqual([1])
})

test('where storage is forbidden it lasts as long as the sheet', () => {
  const forbidden = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('forbidden')
  })
  const here = skippedOf(zhang)
  here.add(2)
  expect([...here.positions]).toEqual([2])
  forbidden.mockRestore()
})
