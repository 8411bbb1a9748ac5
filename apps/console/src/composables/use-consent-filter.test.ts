import { expect, test } from 'vitest'
import { type ConsentFilter, readConsentFilter, writeConsentFilter } from './use-consent-filter.ts'

test('what an address asks for is read as it was written, and nothing else', () => {
  const filter = {
    ...{ show: 'all', purpose: 'archive', standing: 'expired', channel: 'paper', version: 12, query: '张伟' },
    order: 'statedAt',
  } as const satisfies ConsentFilter
  const written = writeConsentFilter({ lang: 'en' }, filter)
  expect(written).toMatchObject({ lang: 'en', version: '12', q: '张伟' })
  expect(readConsentFilter(written as Record<string, string>)).toEqual(filter)
  expect(readConsentFilter({ show: 'x', purpose: ['receive'], version: '-1', q: ['a'] })).toEqual({
    ...{ show: 'current', purpose: '', standing: '', channel: '', version: 0, query: '', order: '-statedAt' },
  })
})
