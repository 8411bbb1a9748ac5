// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { placeBefore, signInAgain, signInPauseMs } from './sign-in.ts'

beforeEach(() => sessionStorage.clear())

test('a session that is over leads to the sign-in, with the way back', () => {
  const go = vi.fn()
  expect(signInAgain({ now: 1_000_000, go })).toBe(true)
  expect(go).toHaveBeenCalledWith(`/api/rep/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
})

test('it does not go round in circles: once a minute, unless the rep asks', () => {
  const go = vi.fn()
  signInAgain({ now: 1_000_000, go })
  expect(signInAgain({ now: 1_000_000 + signInPauseMs - 1, go })).toBe(false)
  expect(signInAgain({ now: 1_000_001, asked: true, go })).toBe(true)
  expect(signInAgain({ now: 1_000_001 + signInPauseMs, go })).toBe(true)
  expect(go).toHaveBeenCalledTimes(3)
})

test('the place in the page is found again, once', () => {
  signInAgain({ now: 1_000_000, place: '#/history', go: () => {} })
  expect(placeBefore()).toBe('/history')
  expect(placeBefore()).toBeNull()
})

test('the fragment OAuth leaves behind is no place of ours', () => {
  signInAgain({ now: 1_000_000, place: '#wechat_redirect', go: () => {} })
  expect(placeBefore()).toBeNull()
})
