import { expect, test } from 'vitest'
import { signInAddress } from './sign-in.ts'

const next = (address: string): string | null => new URL(address, 'http://x').searchParams.get('next')

test('signing in comes back to the filter one had', () => {
  expect(signInAddress('/console/sends')).toBe('/api/console/sign-in?next=%2Fconsole%2Fsends')
  expect(next(signInAddress('/console/sends?show=unknown&q=%E5%BC%A0'))).toBe('/console/sends?show=unknown&q=%E5%BC%A0')
})

test('a search for dots and slashes is not taken for a way out of the console', () => {
  const address = next(signInAddress('/console/sends?q=http://a..b')) ?? ''
  expect(address).not.toMatch(/\/\/|\.\./)
  expect(new URL(address, 'http://x').searchParams.get('q')).toBe('http://a..b')
})
